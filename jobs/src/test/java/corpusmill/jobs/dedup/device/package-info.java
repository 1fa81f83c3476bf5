@NullMarked
package corpusmill.jobs.dedup.device;

import org.jspecify.annotations.NullMarked;
