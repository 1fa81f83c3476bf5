package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The way from a run with too much bad input to a dataset that misses nothing, as the README tells it. */
@ExtendWith(LocalSpark.class)
class RepairTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theFolderOfRejectedRecordsIsAnInputOnceTheyAreRepaired() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(raw.resolve("a.jsonl"), """
                {"content":"the first text, which is whole"}
                {"content":"the second text, cut short
                {"content":"the third text, which is whole as well"}
                {"content":"the fourth, cut as the second was
                """);
        Path job = Files.writeString(folder.resolve("job.yaml"), """
                input: [ { path: "%s", fields: { text: content } } ]
                output: "%s"
                tokenizer: { path: "%s" }
                packing: { sequence-length: 64 }
                spark: { spark.sql.shuffle.partitions: 2 }
                """.formatted(
                        raw, folder.resolve("out"), Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json")));

        Invocation refused = Invocation.of("prepare", "--config", job.toString());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(folder.resolve("out/manifest.json")).doesNotExist();

        Path records = records();
        assertThat(refused.err()).contains("every one is listed in file://" + records.getParent() + ";");
        Path file = records.resolve("00000000.jsonl");
        assertThat(file).hasContent("""
                {"content":"the second text, cut short
                {"content":"the fourth, cut as the second was
                """);
        Files.writeString(file, Files.readString(file).replace("\n", "\"}\n"));

        Invocation repaired = Invocation.of(
                "prepare",
                "--config",
                job.toString(),
                "--set",
                "ingest.max-rejected-share=0.5",
                "--set",
                "input.1.path=" + records,
                "--set",
                "input.1.source=raw",
                "--set",
                "input.1.fields.text=content");
        assertThat(repaired.err()).isEmpty();
        PublishedDataset dataset =
                new PublishedDataset(folder.resolve("out").toUri().toString());
        assertThat(dataset.manifest().sources()).singleElement().satisfies(source -> {
            assertThat(source.name()).isEqualTo("raw");
            assertThat(source.documents()).isEqualTo(4);
        });
        assertThat(dataset.findings()).isEmpty();
    }

    /** Where the bytes of rejected records lie. */
    private Path records() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("out.work/quarantine"))) {
            List<Path> all = runs.toList();
            assertThat(all).hasSize(1);
            return all.get(0).resolve("records");
        }
    }
}
