/** Tests of the reference engine's traps. */
@NullMarked
package corpusmill.tokenizer.reference;

import org.jspecify.annotations.NullMarked;
