@NullMarked
package corpusmill.jobs.prepare;

import org.jspecify.annotations.NullMarked;
