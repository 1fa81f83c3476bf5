/** Files for people and for Hugging Face beside the shards. */
@NullMarked
package corpusmill.formats.card;

import org.jspecify.annotations.NullMarked;
