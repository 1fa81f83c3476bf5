package corpusmill.jobs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One run of the command line, in this JVM.
 *
 * @param code exit code
 * @param out what stood on standard output
 * @param err what stood on standard error
 */
record Invocation(int code, String out, String err) {

    /** With the real jobs. */
    static Invocation of(String... arguments) {
        return of(new SparkJobs(), arguments);
    }

    static Invocation of(Jobs jobs, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> jobs);
        return new Invocation(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
