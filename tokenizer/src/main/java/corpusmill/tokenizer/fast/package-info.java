/** The fast engine: BPE over spans of UTF-8 bytes, without a string or an object per token. */
@NullMarked
package corpusmill.tokenizer.fast;

import org.jspecify.annotations.NullMarked;
