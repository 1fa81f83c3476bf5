/** Tests of definitions and engines. */
@NullMarked
package corpusmill.tokenizer;

import org.jspecify.annotations.NullMarked;
