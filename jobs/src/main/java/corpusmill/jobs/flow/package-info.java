/** The records that pass between stages, and how they become rows. */
@NullMarked
package corpusmill.jobs.flow;

import org.jspecify.annotations.NullMarked;
