/** Identical texts: the best-ranked copy stays. */
@NullMarked
package corpusmill.jobs.dedup.exact;

import org.jspecify.annotations.NullMarked;
