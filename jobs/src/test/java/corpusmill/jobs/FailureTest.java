package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.testing.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every way a run can fail: its exit code, its one sentence, and that nothing is published. */
@ExtendWith(LocalSpark.class)
class FailureTest {

    @TempDir
    private Path folder = Path.of("");

    private Path raw = Path.of("");
    private Path output = Path.of("");
    private Path job = Path.of("");

    @BeforeEach
    void writeAJob() throws IOException {
        raw = Files.createDirectories(folder.resolve("raw"));
        output = folder.resolve("out");
        Files.write(raw.resolve("a.jsonl"), lines(20, 1));
        job = Files.writeString(folder.resolve("job.yaml"), """
                input: [ { path: "%s" } ]
                output: "%s"
                tokenizer: { path: "%s" }
                packing: { sequence-length: 64 }
                deduplication: { near: { enabled: false } }
                spark: { spark.sql.shuffle.partitions: 2 }
                """.formatted(
                        raw, output, Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json")));
    }

    private static byte[] lines(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"text\":\"number ")
                    .append(i)
                    .append(" of ")
                    .append(random.nextLong())
                    .append(" and ")
                    .append(random.nextLong())
                    .append("\"}\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Gzip whose end is missing: some records can still be read. */
    private void writeTruncated() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(lines(40, 2));
        }
        Files.write(raw.resolve("cut.jsonl.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 100));
    }

    private Invocation prepare(String... sets) {
        List<String> arguments = new ArrayList<>(List.of("prepare", "--config", job.toString()));
        for (String set : sets) {
            arguments.addAll(List.of("--set", set));
        }
        return Invocation.of(arguments.toArray(String[]::new));
    }

    private static void assertFails(Invocation run, int code, String... parts) {
        assertThat(run.err()).startsWith("corpusmill: ").contains(parts).hasLineCount(1);
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
    }

    private void assertNothingPublished() {
        assertThat(output.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void namesTheNearestKey() throws IOException {
        Files.writeString(job, Files.readString(job).replace("sequence-length", "sequence-lenght"));
        assertFails(prepare(), 2, "packing.sequence-lenght", "did you mean packing.sequence-length?");
        assertNothingPublished();
    }

    @Test
    void namesInputThatIsMissing() {
        assertFails(
                prepare("input.0.path=" + folder + "/nowhere"), 2, "input[0] '" + folder + "/nowhere' does not exist");
        assertNothingPublished();
    }

    @Test
    void namesATokenizerThatIsMissing() {
        assertFails(
                prepare("tokenizer.path=" + folder + "/gpt9.json"),
                2,
                "tokenizer.path: there is no file " + folder + "/gpt9.json",
                "no tokenizer.json or vocab.json below it");
        assertNothingPublished();
    }

    @Test
    void publishesNothingWhenTooMuchIsRejected() throws IOException {
        writeTruncated();
        assertFails(
                prepare("ingest.max-rejected-share=0.001"),
                3,
                "the input has 1 rejected records of ",
                "{TRUNCATED_FILE=1}, most of them in file://",
                "cut.jsonl.gz",
                "over the limit ingest.max-rejected-share of 0.001");
        assertNothingPublished();
    }

    @Test
    void publishesNothingWhenTooManyFilesAreDamaged() throws IOException {
        writeTruncated();
        assertFails(
                prepare("ingest.max-rejected-share=0.1"),
                3,
                "the input has 1 files of 2 that could not be read to their end",
                "cut.jsonl.gz {TRUNCATED_FILE=1}",
                "over the limit ingest.max-rejected-share of 0.1");
        assertNothingPublished();
    }

    @Test
    void listsWhatIsRejectedWithinTheBudget() throws IOException {
        writeTruncated();
        Invocation run = prepare("ingest.max-rejected-share=0.5");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        PublishedDataset dataset = new PublishedDataset(output.toString());
        assertThat(dataset.rows(TableSchema.REJECTED)).singleElement().satisfies(row -> {
            assertThat(row[0]).isEqualTo(1);
            assertThat(row[3]).isEqualTo("TRUNCATED_FILE");
        });
        assertThat(dataset.files().get(1).documents()).isBetween(10L, 39L);
        assertThat(dataset.files().get(1).reasons()).isEqualTo("{\"TRUNCATED_FILE\": 1}");
    }

    @Test
    void namesTheShardThatIsDamaged() throws IOException {
        assertThat(prepare().code()).isZero();
        Invocation whole = Invocation.of("verify", output.toString());
        assertThat(whole.code()).isZero();
        String name = new PublishedDataset(output.toString())
                .manifest()
                .splits()
                .values()
                .iterator()
                .next()
                .path(0);
        Path shard = output.resolve(name);
        byte[] bytes = Files.readAllBytes(shard);
        bytes[4096 + 17] ^= 1;
        Files.write(shard, bytes);
        Invocation damaged = Invocation.of("verify", output.toString());
        assertThat(damaged.code()).isEqualTo(4);
        assertThat(damaged.out()).contains(name + ": ", "damaged: file://");
        assertThat(damaged.err())
                .startsWith("corpusmill: file://")
                .contains("the dataset is damaged, ")
                .hasLineCount(1);
    }

    @Test
    void saysThatTheInputChangedWhileItWasRead() {
        assertFails(
                prepare(
                        "input.0.path=gs://bucket" + raw + "/a.jsonl",
                        "spark.spark.hadoop.fs.gs.impl=" + ChangingStore.class.getName()),
                5,
                "input file gs://bucket" + raw + "/a.jsonl has ",
                " when it was listed; let no one write to the input and run again");
        assertNothingPublished();
    }

    @Test
    void saysThatTheOutputCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertFails(prepare("output=" + file + "/out", "work=" + folder + "/work"), 5, "file://" + file + "/out");
    }

    @Test
    void saysThatTheWorkFolderCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertFails(prepare("work=" + file + "/work"), 5, "file://" + file + "/work");
        assertNothingPublished();
    }

    @Test
    void saysThatThePluginForTheGpuIsMissing() {
        assertFails(
                prepare("spark.plugins=com.nvidia.spark.SQLPlugin"),
                2,
                "spark.plugins names com.nvidia.spark.SQLPlugin, but the class path does not hold it");
        assertNothingPublished();
    }

    @Test
    void runsOnTheCpuWhereTheGpuIsOnlyPreferred() {
        Invocation run = prepare("spark.plugins=com.nvidia.spark.SQLPlugin", "spark.corpusmill.gpu=preferred");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(output.resolve("manifest.json")).exists();
    }
}
