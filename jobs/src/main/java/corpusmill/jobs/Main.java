package corpusmill.jobs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The program. Arguments in, exit code out; results on standard output, everything else on standard error. */
public final class Main {

    private static final String TERMINAL = "corpusmill.terminal"; // set by bin/corpusmill

    private Main() {}

    /** Runs and ends the process. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(args, out, err);
        out.flush();
        SparkJobs.stop();
        System.exit(code);
    }

    /** Runs and returns the exit code. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, out, err, SparkJobs::new);
    }

    /** Runs with other jobs. */
    static int run(String[] args, PrintStream out, PrintStream err, Supplier<Jobs> jobs) {
        CorpusmillCommand root = new CorpusmillCommand(new Console(out, err, jobs, Boolean.getBoolean(TERMINAL)));
        CommandLine line = new CommandLine(root);
        Failures failures = new Failures(err, root);
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((failure, arguments) -> failures.usage(failure));
        line.setExecutionExceptionHandler((failure, command, result) -> failures.report(failure));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        try {
            return line.execute(args);
        } catch (Error e) { // picocli catches exceptions only
            return failures.report(e);
        }
    }
}
