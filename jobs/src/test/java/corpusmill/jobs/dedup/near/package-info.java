@NullMarked
package corpusmill.jobs.dedup.near;

import org.jspecify.annotations.NullMarked;
