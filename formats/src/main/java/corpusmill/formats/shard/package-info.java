/** The shards of a dataset: their layout, their writer and their reader. */
@NullMarked
package corpusmill.formats.shard;

import org.jspecify.annotations.NullMarked;
