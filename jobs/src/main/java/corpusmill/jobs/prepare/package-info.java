/** The whole flow, its work folder and its accounts. */
@NullMarked
package corpusmill.jobs.prepare;

import org.jspecify.annotations.NullMarked;
