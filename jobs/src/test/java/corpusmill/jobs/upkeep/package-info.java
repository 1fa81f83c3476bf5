@NullMarked
package corpusmill.jobs.upkeep;

import org.jspecify.annotations.NullMarked;
