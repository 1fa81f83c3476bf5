/** The job file: records with defaults, and the parser that fills them. */
@NullMarked
package corpusmill.jobs.config;

import org.jspecify.annotations.NullMarked;
