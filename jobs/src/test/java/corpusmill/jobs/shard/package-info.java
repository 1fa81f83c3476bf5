@NullMarked
package corpusmill.jobs.shard;

import org.jspecify.annotations.NullMarked;
