/** Text to token ids, on the engine that the configuration names. */
@NullMarked
package corpusmill.jobs.tokenize;

import org.jspecify.annotations.NullMarked;
