@NullMarked
package corpusmill.jobs.dedup.exact;

import org.jspecify.annotations.NullMarked;
