/** The evidence of both deduplication stages, brought together. */
@NullMarked
package corpusmill.jobs.dedup;

import org.jspecify.annotations.NullMarked;
