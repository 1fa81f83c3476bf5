package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.verify.DatasetVerifier;
import corpusmill.formats.verify.Depth;
import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sample job, its corpus, output and work folder in a bucket.
 *
 * @param bucket that is there and empty
 * @param settings by Hadoop's names
 */
record SampleOnS3(String bucket, Map<String, String> settings) {

    private static final Pattern FOLDER = Pattern.compile("path: jobs/sample/corpus/(\\w+)");

    private URI root() {
        return URI.create("s3://" + bucket);
    }

    Storage storage() {
        return Storages.open(root(), settings);
    }

    URI output() {
        return Storages.resolve(root(), "out");
    }

    void upload() throws IOException {
        Path corpus = Repository.root().resolve("jobs/sample/corpus");
        try (Stream<Path> files = Files.walk(corpus)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String name = "corpus/" + corpus.relativize(file);
                storage().write(Storages.resolve(root(), name), out -> out.write(bytes));
            }
        }
    }

    /** Runs a command on the sample's job file, with other words behind. */
    Invocation run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--config",
                Repository.root().resolve("jobs/sample/job.yaml").toString()));
        List<String> sets = new ArrayList<>(List.of(
                "output=" + output(),
                "tokenizer.path=" + Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json")));
        List<String> folders = FOLDER.matcher(Repository.read(Path.of("jobs/sample/job.yaml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        for (int i = 0; i < folders.size(); i++) {
            sets.add("input." + i + ".path=" + root() + "/corpus/" + folders.get(i));
        }
        settings.forEach((name, value) -> sets.add("spark.hadoop." + name + "=\"" + value + "\""));
        sets.forEach(set -> words.addAll(List.of("--set", set)));
        words.addAll(List.of(more));
        LocalSpark.stop(); // a session that runs knows the endpoint of another test
        return Invocation.of(words.toArray(String[]::new));
    }

    /** Runs the job. */
    JsonNode prepare() throws IOException {
        Invocation run = run("prepare", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    /** Holds what the job made against what the sample is known to be. */
    void check(JsonNode summary) {
        long documents = summary.at("/stages/0/out").asLong();
        assertThat(documents).isGreaterThan(300);
        long bad = 0;
        for (JsonNode dropped : summary.at("/stages/0/dropped")) {
            bad += dropped.asLong();
        }
        assertThat(summary.at("/stages/0/in").asLong()).isEqualTo(documents + bad);
        assertThat(new DatasetVerifier(storage()).verify(output(), Depth.FULL).findings())
                .isEmpty();
    }

    Manifest manifest() {
        URI uri = Storages.resolve(output(), Manifest.NAME);
        return ManifestParser.parse(storage().readAll(uri), uri.toString());
    }
}
