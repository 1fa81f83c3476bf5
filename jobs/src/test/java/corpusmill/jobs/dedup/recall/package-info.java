@NullMarked
package corpusmill.jobs.dedup.recall;

import org.jspecify.annotations.NullMarked;
