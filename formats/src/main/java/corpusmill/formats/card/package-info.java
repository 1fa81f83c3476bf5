/** Files beside the shards: for people, and for loaders of others. */
@NullMarked
package corpusmill.formats.card;

import org.jspecify.annotations.NullMarked;
