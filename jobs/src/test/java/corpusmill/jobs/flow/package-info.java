@NullMarked
package corpusmill.jobs.flow;

import org.jspecify.annotations.NullMarked;
