/** Kernels that cut a text into shingles and hash them; no Spark. */
@NullMarked
package corpusmill.jobs.dedup.shingle;

import org.jspecify.annotations.NullMarked;
