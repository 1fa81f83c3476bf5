@NullMarked
package corpusmill.tokenizer.fast;

import org.jspecify.annotations.NullMarked;
