@NullMarked
package corpusmill.jobs.dedup;

import org.jspecify.annotations.NullMarked;
