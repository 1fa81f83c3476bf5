package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets that a process holds, and words of documents, do not come out where they do not belong: standard output and
 * error, stack traces, Spark's log and event log, manifest, card and tables; secrets not in the report either.
 */
class CanaryTest {

    private static final String DOCUMENT = "CANARYDOCUMENT";

    @TempDir
    private Path folder = Path.of("");

    /** Twelve settings, as they come from a platform's own files. */
    private static Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>();
        List.of(
                        "spark.hadoop.fs.azure.account.key.box.dfs.core.windows.net",
                        "spark.hadoop.fs.azure.sas.fixed.box",
                        "spark.hadoop.fs.azure.account.oauth2.client.secret",
                        "spark.hadoop.fs.gs.auth.service.account.private.key",
                        "spark.hadoop.fs.s3a.encryption.key",
                        "spark.hadoop.fs.s3a.access.key",
                        "spark.hadoop.fs.s3a.secret.key",
                        "spark.hadoop.fs.s3a.session.token",
                        "spark.hadoop.fs.oci.client.auth.passphrase",
                        "spark.executorEnv.HF_API_KEY",
                        "spark.ssl.keyStorePassword")
                .forEach(name -> secrets.put(name, "CANARYSECRET" + secrets.size()));
        secrets.put("spark.corpusmill.source", "https://b.s3.amazonaws.com/x?X-Amz-Signature=CANARYSECRET11");
        return secrets;
    }

    private Path job(double share) throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String text = i + " " + DOCUMENT + " " + i + " word".repeat(i + 1);
            lines.append("{\"id\": \"k")
                    .append(i)
                    .append("\", \"text\": \"")
                    .append(text)
                    .append("\"}\n");
        }
        lines.append("{\"text\": \"40 ").append(DOCUMENT).append(" broken\n");
        lines.append("{\"text\": {\"").append(DOCUMENT).append("\": 1}}\n");
        lines.append("[\"").append(DOCUMENT).append("\"]\n");
        Files.writeString(raw.resolve("a.jsonl"), lines);
        return Files.writeString(folder.resolve("job.yaml"), """
            input: [ { path: "%s" } ]
            output: "%s"
            ingest: { max-rejected-share: %s }
            tokenizer: { path: "%s" }
            packing: { sequence-length: 64 }
            """.formatted(
                raw, folder.resolve("out"), share, Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json")));
    }

    private Invocation prepare(double share) throws IOException, InterruptedException {
        Path events = Files.createDirectories(folder.resolve("events"));
        Map<String, String> properties = secrets();
        properties.put("spark.eventLog.enabled", "true");
        properties.put("spark.eventLog.compress", "false");
        properties.put("spark.eventLog.dir", events.toUri().toString());
        properties.put("spark.log.level", "INFO");
        properties.put("spark.sql.shuffle.partitions", "2");
        Map<String, String> environment =
                Map.of("AWS_SECRET_ACCESS_KEY", "CANARYSECRET20", "AWS_SESSION_TOKEN", "CANARYSECRET21");
        return ChildRun.start(
                        folder.resolve("child"),
                        properties,
                        environment,
                        "--verbose",
                        "prepare",
                        "--config",
                        job(share).toString(),
                        "--json")
                .await();
    }

    /** Name to content of all that may hold neither secret nor text. */
    private Map<String, String> sinks(Invocation run) throws IOException {
        Map<String, String> sinks = new TreeMap<>();
        sinks.put("standard output", run.out());
        sinks.put("standard error", run.err());
        List<Path> files = new ArrayList<>();
        for (String name : List.of("events", "out")) {
            if (Files.exists(folder.resolve(name))) {
                try (Stream<Path> below = Files.walk(folder.resolve(name))) {
                    files.addAll(below.filter(Files::isRegularFile).toList());
                }
            }
        }
        for (Path file : files) {
            sinks.put(
                    folder.relativize(file).toString(),
                    new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return sinks;
    }

    private void assertSilent(Invocation run) throws IOException {
        Map<String, String> sinks = sinks(run);
        String events = sinks.entrySet().stream()
                .filter(sink -> sink.getKey().startsWith("events/"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
        assertThat(events).contains("redacted");
        secrets()
                .keySet()
                .forEach(name -> assertThat(events.contains(name)).as(name).isTrue());
        sinks.forEach((name, content) -> {
            assertThat(content.contains("CANARYSECRET"))
                    .as("a secret in " + name + around(content, "CANARYSECRET"))
                    .isFalse();
            // The report shows excerpts of duplicates, which is said on the page on security.
            assertThat(content.contains(DOCUMENT) && !name.equals("out/report.html"))
                    .as("text in " + name + around(content, DOCUMENT))
                    .isFalse();
        });
    }

    private static String around(String content, String canary) {
        int at = content.indexOf(canary);
        return at < 0 ? "" : ": " + content.substring(Math.max(0, at - 200), Math.min(content.length(), at + 60));
    }

    @Test
    @Tag("long")
    void keepsSecretsAndTextToItselfWhenARunFails() throws Exception {
        Invocation over = prepare(0.01);
        assertThat(over.code()).as(over.err()).isEqualTo(3);
        assertThat(over.err()).contains("InputException", "at corpusmill.jobs");
        assertSilent(over);
    }

    @Test
    void keepsSecretsAndTextToItself() throws Exception {
        Invocation well = prepare(0.5);
        assertThat(well.code()).as(well.err()).isZero();
        assertThat(folder.resolve("out/report.html")).exists();
        assertSilent(well);
    }
}
