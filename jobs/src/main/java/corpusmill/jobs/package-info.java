/** The command line: arguments in, summaries and exit codes out. */
@NullMarked
package corpusmill.jobs;

import org.jspecify.annotations.NullMarked;
