/** Compares the fast engine with the reference engine before it is used. */
@NullMarked
package corpusmill.tokenizer.proof;

import org.jspecify.annotations.NullMarked;
