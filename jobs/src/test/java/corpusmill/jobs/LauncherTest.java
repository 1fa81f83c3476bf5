package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a fresh clone, with a Java and a Maven that note what they are asked for. */
class LauncherTest {

    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; fi
            [ -f "$CLONE/jobs/target/whole" ] || { echo "not built" >&2; exit 9; }
            for argument in "$@"; do
                case $argument in -XX:ArchiveClassesAtExit=*) echo classes > "${argument#*=}" ;; esac
            done
            echo "$@" > "$CLONE/arguments"
            echo ran
            """;

    /** A build that is broken while it lasts, and that a second one at the same time would break. */
    private static final String MAVEN = """
            #!/bin/sh
            mkdir "$CLONE/jobs/target/building" || { echo "two builds at once" >&2; exit 1; }
            rm -f "$CLONE/jobs/target/whole"
            echo build >> "$CLONE/builds"
            while [ -f "$CLONE/slow" ]; do sleep 0.05; done
            rmdir "$CLONE/jobs/target/building"
            [ ! -f "$CLONE/broken" ] || exit 1
            echo "$CLONE/formats/target/classes" > "$CLONE/jobs/target/classpath.txt"
            touch "$CLONE/jobs/target/whole" "$CLONE/jobs/target/corpusmill-jobs-1.jar" "$CLONE/jobs/target/corpusmill-jobs-1-job.jar"
            """;

    @TempDir
    private Path clone = Path.of("");

    @BeforeEach
    void makeAClone() throws IOException {
        clone = clone.toRealPath();
        for (String module : List.of("tokenizer", "formats", "jobs")) {
            write(module + "/pom.xml", "<project/>");
            write(module + "/src/main/java/Source.java", "");
        }
        write("pom.xml", "<project/>");
        Files.createDirectories(clone.resolve("jobs/conf"));
        Files.copy(Repository.root().resolve("jobs/conf/jvm.options"), clone.resolve("jobs/conf/jvm.options"));
        write("jdk/bin/java", JAVA);
        write("maven/mvn", MAVEN);
        write("bin/corpusmill", Repository.read(Path.of("bin", "corpusmill")));
        for (Path program : List.of(Path.of("jdk/bin/java"), Path.of("maven/mvn"), Path.of("bin/corpusmill"))) {
            Files.setPosixFilePermissions(clone.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void callsAtOnceBuildOnceAndTheOthersWait() throws Exception {
        write("slow", "");
        List<Process> calls = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            calls.add(call("schema", "err" + call));
        }
        waitFor(() -> errors(4).split("waiting for another call", -1).length == 4);
        Files.delete(clone.resolve("slow"));
        for (Process call : calls) {
            assertThat(ended(call)).as(errors(4)).isZero();
            assertThat(new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("ran\n");
        }
        assertThat(Files.readAllLines(clone.resolve("builds"))).containsExactly("build");
    }

    @Test
    void aCallWaitsForTheBuildOfOneThatWasKilled() throws Exception {
        write("slow", "");
        Process killed = call("schema", "err0");
        waitFor(() -> Files.exists(clone.resolve("builds")));
        killed.destroyForcibly().waitFor();
        Process next = call("schema", "err1");
        waitFor(() -> errors(2).contains("waiting for another call"));
        Files.delete(clone.resolve("slow"));
        assertThat(ended(next)).as(errors(2)).isZero();
        // Nobody can know whether that build came to its end, so it is done again, after it.
        assertThat(Files.readAllLines(clone.resolve("builds"))).containsExactly("build", "build");
    }

    @Test
    void aBuildThatFailsIsTriedAgainByTheNextCall() throws Exception {
        write("broken", "");
        assertThat(ended(call("schema", "err0"))).isEqualTo(2);
        assertThat(errors(1))
                .contains("corpusmill: the build failed; run mvn -B -Dquick -DskipTests package in " + clone);
        Files.delete(clone.resolve("broken"));
        assertThat(ended(call("schema", "err1"))).as(errors(2)).isZero();
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        assertThat(ended(call("schema", "err0"))).isZero();
        assertThat(ended(call("schema", "err1"))).isZero();
        assertThat(Files.readAllLines(clone.resolve("builds"))).hasSize(1);
        Files.setLastModifiedTime(
                clone.resolve("formats/src/main/java/Source.java"),
                FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
        assertThat(ended(call("schema", "err2"))).isZero();
        assertThat(Files.readAllLines(clone.resolve("builds"))).hasSize(2);
    }

    @Test
    void startsWithTheClassesThatAWarmUpKept() throws Exception {
        String use = "-XX:SharedArchiveFile=" + clone.resolve("jobs/target/classes.jsa");
        assertThat(ended(call("prepare", "err0"))).as(errors(1)).isZero();
        assertThat(arguments()).doesNotContain(use).contains(clone.resolve("jobs/target/corpusmill-jobs-1.jar") + ":");

        assertThat(ended(call("warm-up", "err1"))).as(errors(2)).isZero();
        assertThat(arguments()).contains("prepare --config " + clone.resolve("jobs/sample/job.yaml"));
        try (Stream<Path> files = Files.list(clone.resolve("jobs/target"))) {
            assertThat(files.filter(file -> file.toString().contains("jsa"))).hasSize(1);
        }
        assertThat(ended(call("prepare", "err2"))).as(errors(3)).isZero();
        assertThat(arguments()).contains(use);
        assertThat(ended(call("schema", "err2"))).as(errors(3)).isZero();
        assertThat(arguments()).contains(use);

        // What was built since has other classes.
        Files.setLastModifiedTime(
                clone.resolve("jobs/target/corpusmill.stamp"),
                FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
        assertThat(ended(call("prepare", "err3"))).as(errors(4)).isZero();
        assertThat(arguments()).doesNotContain(use);
    }

    private String arguments() throws IOException {
        return Files.readString(clone.resolve("arguments"));
    }

    @Test
    void saysWhereASparkForAClusterComesFrom() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        clone.resolve("bin/corpusmill").toString(), "prepare", "--master", "spark://host:7077")
                .redirectError(clone.resolve("err0").toFile());
        builder.environment().put("CLONE", clone.toString());
        builder.environment().put("JAVA_HOME", clone.resolve("jdk").toString());
        builder.environment().put("PATH", clone.resolve("maven") + ":/usr/bin:/bin");
        builder.environment().remove("SPARK_HOME");
        assertThat(ended(builder.start())).isEqualTo(2);
        assertThat(errors(1))
                .endsWith(
                        "corpusmill: there is no spark-submit on the PATH; set SPARK_HOME to a Spark installation, such as"
                                + " the folder of the Python package pyspark, or give a local master\n");
        builder.environment().put("SPARK_HOME", "/nowhere");
        assertThat(ended(builder.start())).isEqualTo(2);
        assertThat(errors(1)).contains("there is no spark-submit in /nowhere/bin; set SPARK_HOME");
    }

    private Process call(String command, String errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        clone.resolve("bin/corpusmill").toString(), command)
                .redirectError(clone.resolve(errors).toFile());
        builder.environment().put("CLONE", clone.toString());
        builder.environment().put("JAVA_HOME", clone.resolve("jdk").toString());
        builder.environment().merge("PATH", "", (path, none) -> clone.resolve("maven") + ":" + path);
        return builder.start();
    }

    private static int ended(Process call) throws InterruptedException {
        if (!call.waitFor(30, TimeUnit.SECONDS)) {
            call.destroyForcibly();
            throw new AssertionError("the launcher does not end");
        }
        return call.exitValue();
    }

    private String errors(int calls) throws IOException {
        StringBuilder errors = new StringBuilder();
        for (int call = 0; call < calls; call++) {
            Path file = clone.resolve("err" + call);
            errors.append(Files.exists(file) ? Files.readString(file) : "");
        }
        return errors.toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = clone.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static void waitFor(Found found) throws Exception {
        for (int attempt = 0; !found.found(); attempt++) {
            assertThat(attempt).as("attempts of 20 ms").isLessThan(1500);
            Thread.sleep(20);
        }
    }

    /** Whether something is there by now. */
    private interface Found {
        boolean found() throws IOException;
    }
}
