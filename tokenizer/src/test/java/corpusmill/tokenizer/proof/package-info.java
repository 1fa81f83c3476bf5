@NullMarked
package corpusmill.tokenizer.proof;

import org.jspecify.annotations.NullMarked;
