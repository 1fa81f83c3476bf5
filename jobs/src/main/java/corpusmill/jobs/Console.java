package corpusmill.jobs;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * What a command talks to.
 *
 * @param out results
 * @param err progress and failures
 * @param jobs made when first asked for, so that short commands do not load Spark
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintStream out, PrintStream err, Supplier<Jobs> jobs, boolean terminal) {}
