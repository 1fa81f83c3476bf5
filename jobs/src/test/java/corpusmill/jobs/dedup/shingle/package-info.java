@NullMarked
package corpusmill.jobs.dedup.shingle;

import org.jspecify.annotations.NullMarked;
