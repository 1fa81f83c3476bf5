package corpusmill.jobs;

import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * The program in a process that belongs to someone else, such as a cluster of Databricks: it takes the Spark session
 * that is there, leaves it running, ends no process, and tells of a failure by an exception instead of an exit code.
 */
public final class HostedMain {

    private HostedMain() {}

    /**
     * Runs and returns.
     *
     * @throws IllegalStateException if the command ends with an exit code other than 0, which it names
     */
    public static void main(String[] args) {
        SparkJobs.takeSession();
        run(args, System.out, System.err, SparkJobs::new);
    }

    /** Runs with other jobs. */
    static void run(String[] args, PrintStream out, PrintStream err, Supplier<Jobs> jobs) {
        int code = Main.run(args, out, err, jobs);
        out.flush();
        if (code != 0) {
            throw new IllegalStateException("corpusmill " + (args.length == 0 ? "" : args[0] + " ")
                    + "ended with exit code " + code + "; the sentence that says why is on standard error");
        }
    }
}
