@NullMarked
package corpusmill.jobs.report;

import org.jspecify.annotations.NullMarked;
