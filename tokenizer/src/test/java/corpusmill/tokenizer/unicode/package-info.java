/** Makes and checks the Unicode tables. */
@NullMarked
package corpusmill.tokenizer.unicode;

import org.jspecify.annotations.NullMarked;
