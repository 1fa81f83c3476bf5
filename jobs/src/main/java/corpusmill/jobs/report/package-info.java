/** The report of a dataset as one page of HTML. */
@NullMarked
package corpusmill.jobs.report;

import org.jspecify.annotations.NullMarked;
