/** What keeps stores and machines fit for runs: leftovers are found and removed, and places are tried before they are used. */
@NullMarked
package corpusmill.jobs.upkeep;

import org.jspecify.annotations.NullMarked;
