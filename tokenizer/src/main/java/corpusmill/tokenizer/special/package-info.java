/** Finds in UTF-8 text what spells a special or an added token; shared by the engines. */
@NullMarked
package corpusmill.tokenizer.special;

import org.jspecify.annotations.NullMarked;
