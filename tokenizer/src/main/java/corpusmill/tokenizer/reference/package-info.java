/** The reference engine: Hugging Face tokenizers through DJL. The only package that imports {@code ai.djl}. */
@NullMarked
package corpusmill.tokenizer.reference;

import org.jspecify.annotations.NullMarked;
