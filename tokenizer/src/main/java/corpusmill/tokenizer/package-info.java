/** Text bytes in, token ids out: definitions, engines and the policy for special tokens. */
@NullMarked
package corpusmill.tokenizer;

import org.jspecify.annotations.NullMarked;
