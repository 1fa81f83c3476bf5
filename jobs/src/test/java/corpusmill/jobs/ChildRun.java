package corpusmill.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program in a JVM of its own, which can be killed.
 *
 * @param process running
 * @param out where its standard output goes
 * @param err where its standard error goes
 */
record ChildRun(Process process, Path out, Path err) {

    private static final long MAX_MINUTES = 5;

    /**
     * Starts it.
     *
     * @param folder for what it prints
     * @param properties of the JVM
     * @param environment beside the one that is there
     */
    static ChildRun start(
            Path folder, Map<String, String> properties, Map<String, String> environment, String... arguments)
            throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Repository.root().resolve("jobs/conf/jvm.options"),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dcorpusmill.proofs=" + folder.resolve("proofs")));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(environment);
        return new ChildRun(builder.start(), out, err);
    }

    /**
     * Starts {@code prepare}.
     *
     * @param folder for what it prints
     * @param settings beside the output, {@code key=value}
     */
    static ChildRun prepare(Path folder, Path job, Path output, String... settings) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("prepare", "--config", job.toString(), "--set", "output=" + output));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        return start(folder, Map.of(), Map.of(), words.toArray(String[]::new));
    }

    /** That of this JVM, every entry absolute. */
    static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits for its end. */
    Invocation await() throws IOException, InterruptedException {
        return await(MAX_MINUTES);
    }

    /** Waits for its end, so many minutes at most. */
    Invocation await(long minutes) throws IOException, InterruptedException {
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the run was not over after " + minutes + " minutes: " + Files.readString(err));
        }
        return new Invocation(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
