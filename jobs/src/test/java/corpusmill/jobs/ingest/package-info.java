@NullMarked
package corpusmill.jobs.ingest;

import org.jspecify.annotations.NullMarked;
