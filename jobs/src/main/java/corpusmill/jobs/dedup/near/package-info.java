/** Near-duplicates: signatures, candidates, verification on the text, and the decision by rank. */
@NullMarked
package corpusmill.jobs.dedup.near;

import org.jspecify.annotations.NullMarked;
