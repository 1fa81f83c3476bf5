/** Rows to their place in the shuffled order, and shards to storage. */
@NullMarked
package corpusmill.jobs.shard;

import org.jspecify.annotations.NullMarked;
