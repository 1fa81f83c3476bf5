package corpusmill.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the program in a JVM of its own, with executors that are processes of their own: what a cluster does, on one
 * machine. Spark finds its jars by {@code SPARK_HOME}, so a folder of links stands in for an installation.
 */
final class LocalCluster {

    private final Path home;

    private LocalCluster(Path home) {
        this.home = home;
    }

    /** Makes the installation in a folder. */
    static LocalCluster in(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String entry : ChildRun.classPath().split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar")) {
                Path jar = Path.of(entry);
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            }
        }
        return new LocalCluster(home);
    }

    /** Runs a command with executors of one core. */
    Invocation run(int executors, String... arguments) throws IOException, InterruptedException {
        return start(executors, arguments).await();
    }

    /** Starts a command with executors of one core, of which any number may be lost. */
    ChildRun start(int executors, String... arguments) throws IOException {
        String classPath = ChildRun.classPath();
        List<String> words = new ArrayList<>(List.of(arguments));
        Map<String, String> settings = Map.of(
                "spark.master",
                "local-cluster[" + executors + ",1,1024]",
                "spark.executor.memory",
                "1g",
                "spark.executor.extraClassPath",
                classPath,
                "spark.executor.extraJavaOptions",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                "spark.deploy.maxExecutorRetries",
                "-1",
                "spark.task.maxFailures",
                "1000",
                "spark.stage.maxConsecutiveAttempts",
                "1000");
        settings.forEach((name, value) -> words.addAll(List.of("--set", name + "=\"" + value + "\"")));
        Map<String, String> environment = Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13");
        return ChildRun.start(home, Map.of(), environment, words.toArray(String[]::new));
    }

    /** Executors that ran so far. */
    long executors() throws IOException {
        try (Stream<Path> logs = Files.walk(home.resolve("work"))) {
            return logs.filter(file -> file.endsWith("stderr")).count();
        }
    }
}
