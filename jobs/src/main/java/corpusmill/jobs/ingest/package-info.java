/** Files to documents: what lies where, how it is cut into parts, and the readers that lose nothing unseen. */
@NullMarked
package corpusmill.jobs.ingest;

import org.jspecify.annotations.NullMarked;
