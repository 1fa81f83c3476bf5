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
import java.util.stream.Stream;

/**
 * Runs the program in a JVM of its own, with executors that are processes of their own: what a cluster does, on one
 * machine. Spark finds its jars by {@code SPARK_HOME}, so a folder of links stands in for an installation.
 */
final class LocalCluster {

    private static final long MAX_MINUTES = 5;

    private final Path home;

    private LocalCluster(Path home) {
        this.home = home;
    }

    /** Makes the installation in a folder. */
    static LocalCluster in(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String entry : classPath()) {
            if (entry.endsWith(".jar")) {
                Path jar = Path.of(entry);
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            }
        }
        return new LocalCluster(home);
    }

    private static List<String> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
    }

    /** Runs a command with executors of one core. */
    Invocation run(int executors, String... arguments) throws IOException, InterruptedException {
        String classPath = String.join(File.pathSeparator, classPath());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Repository.root().resolve("jobs/conf/jvm.options"),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Map<String, String> settings = Map.of(
                "spark.master",
                "local-cluster[" + executors + ",1,1024]",
                "spark.executor.memory",
                "1g",
                "spark.executor.extraClassPath",
                classPath,
                "spark.executor.extraJavaOptions",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=\"" + value + "\"")));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", home.toString(),
                        "SPARK_SCALA_VERSION", "2.13",
                        "SPARK_LOCAL_IP", "127.0.0.1"));
        Path out = home.resolve("out.txt");
        Path err = home.resolve("err.txt");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(
                    "the run was not over after " + MAX_MINUTES + " minutes: " + Files.readString(err));
        }
        return new Invocation(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Executors that ran so far. */
    long executors() throws IOException {
        try (Stream<Path> logs = Files.walk(home.resolve("work"))) {
            return logs.filter(file -> file.endsWith("stderr")).count();
        }
    }
}
