package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.verify.DatasetVerifier;
import corpusmill.formats.verify.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gc} and {@code doctor}, as they are called. */
class UpkeepCommandsTest {

    private static final String PART = ".tokens-000001.arrow.01234567-89ab-cdef-0123-456789abcdef.part";

    @TempDir
    private Path folder = Path.of("");

    private Path root = Path.of("");

    @BeforeEach
    void publish() {
        root = folder.resolve("data set");
        TokenizerEntry tokenizer =
                new TokenizerEntry("tiny", "ab".repeat(32), "fast", null, 16, "ordinary", List.of(9));
        TinyDataset.publish(Storages.uri(root.toString()), tokenizer, 1);
    }

    private Path old(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "12345");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(30))));
        return file;
    }

    private Path young(String name) throws IOException {
        Path file = old(name);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return file;
    }

    private void assertWhole() {
        assertThat(new DatasetVerifier(Storages.open(root.toUri()))
                        .verify(Storages.uri(root.toString()), Depth.FULL)
                        .findings())
                .isEmpty();
    }

    @Test
    void listsLeftoversAndDeletesThemWhenTold() throws IOException {
        SortedMap<String, String> published = Snapshot.of(root);
        old("data/fedcba987654/train/tokens-000000.arrow");
        old("data/fedcba987654/meta/files.parquet");
        old("data/" + TinyDataset.FINGERPRINT + "/train/" + PART);
        young("data/aaaaaaaaaaaa/train/tokens-000007.arrow");
        old("data/aaaaaaaaaaaa/train/tokens-000000.arrow");
        old("notes.txt");
        old("data/README");
        SortedMap<String, String> all = Snapshot.of(root);

        Invocation listed = Invocation.of("gc", root.toString());
        assertThat(listed.code()).isZero();
        assertThat(listed.out().lines())
                .containsExactly(
                        Storages.uri(root + "/data/" + TinyDataset.FINGERPRINT + "/train/" + PART)
                                + ": a file that was never finished, 1 file, 5 bytes",
                        Storages.uri(root + "/data/fedcba987654")
                                + ": shards and tables that no manifest names, 2 files, 10 bytes",
                        "delete these with --delete: " + Storages.uri(root.toString()) + ", 15 bytes");
        assertThat(Snapshot.of(root)).isEqualTo(all);

        Invocation deleted = Invocation.of("gc", root.toString(), "--delete", "--json");
        assertThat(deleted.out())
                .contains("\"deleted\":true,\"bytes\":15,")
                .contains("\"kind\":\"unpublished_data\",\"files\":2,\"bytes\":10}");
        SortedMap<String, String> left = Snapshot.of(root);
        assertThat(left)
                .containsAllEntriesOf(published)
                .hasSize(published.size() + 4)
                .containsKeys("notes.txt", "data/README", "data/aaaaaaaaaaaa/train/tokens-000000.arrow");
        assertWhole();
        assertThat(Invocation.of("gc", root.toString()).out())
                .isEqualTo("nothing is left over in " + Storages.uri(root.toString()) + ", 0 bytes\n");
    }

    @Test
    void takesWhatIsYoungOnlyWithoutGrace() throws IOException {
        young("data/aaaaaaaaaaaa/train/tokens-000007.arrow");
        assertThat(Invocation.of("gc", root.toString()).out()).startsWith("nothing is left over");
        assertThat(Invocation.of("gc", root.toString(), "--grace-hours", "0").out())
                .contains("data/aaaaaaaaaaaa: shards and tables that no manifest names, 1 file, 5 bytes");
        Invocation negative = Invocation.of("gc", root.toString(), "--grace-hours=-1");
        assertThat(negative.code()).isEqualTo(2);
        assertThat(negative.err())
                .isEqualTo("corpusmill: --grace-hours must be 0 or more but was -1; give the hours a run may take\n");
    }

    @Test
    void keepsWhatAFinishedStageNames() throws IOException {
        root = folder.resolve("work");
        Path kept = old("ingest/0123456789ab/data-00000001/part-0.parquet");
        old("ingest/0123456789ab/data-00000002/part-0.parquet");
        old("ingest/0123456789ab/data-00000002/_temporary/0/part-1.parquet");
        old("quarantine/0123456789ab/00000000.jsonl");
        Files.writeString(
                root.resolve("ingest/0123456789ab/stage.json"), "{\"files\": [\"data-00000001/part-0.parquet\"]}");
        Invocation run = Invocation.of("gc", root.toString(), "--delete");
        assertThat(run.out().lines())
                .containsExactly(
                        Storages.uri(root + "/ingest/0123456789ab/data-00000002")
                                + ": an attempt of a stage that did not end, 2 files, 10 bytes",
                        "deleted from " + Storages.uri(root.toString()) + ", 10 bytes");
        assertThat(kept).exists();
        assertThat(root.resolve("quarantine/0123456789ab/00000000.jsonl")).exists();
        assertThat(root.resolve("ingest/0123456789ab/data-00000002/part-0.parquet"))
                .doesNotExist();
    }

    @Test
    void deletesNothingWhenTheManifestCannotBeRead() throws IOException {
        old("data/fedcba987654/train/tokens-000000.arrow");
        Files.writeString(root.resolve("manifest.json"), "{");
        Invocation run = Invocation.of("gc", root.toString(), "--delete");
        assertThat(run.code()).isEqualTo(4);
        assertThat(root.resolve("data/fedcba987654/train/tokens-000000.arrow")).exists();
    }

    private Path job(String tokenizer, Path output) throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(raw.resolve("a.jsonl"), "{\"text\":\"one\"}\n");
        return Files.writeString(
                folder.resolve("job.yaml"),
                "input: [ { path: \"" + raw + "\" } ]\noutput: \"" + output + "\"\ntokenizer: { path: \"" + tokenizer
                        + "\" }\n");
    }

    @Test
    void findsEverythingFineAndLeavesNothing() throws IOException {
        String tokenizer = Repository.root()
                .resolve("jobs/sample/tokenizer/tokenizer.json")
                .toString();
        Path job = job(tokenizer, folder.resolve("out"));
        Invocation run = Invocation.of("doctor", "--config", job.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("java       Java ", "spark      Spark ", "input      1 files, 15 bytes")
                .contains("ok       output     file://" + folder + "/out can be written, listed, read and deleted,"
                        + " and of 8 writers at once exactly one creates a file\n")
                .doesNotContain("failed");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("out.work")).doesNotExist();
        assertThat(Invocation.of("doctor", "--json").out()).startsWith("{\"ok\":true,\"diagnoses\":[{");
    }

    @Test
    void goesOnBehindWhatFailsAndEndsWithTheCodeOfTheFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Invocation run = Invocation.of(
                "doctor", "--config", job("nowhere.json", file.resolve("out")).toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out().lines().filter(line -> line.startsWith("failed")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("failed   tokenizer  tokenizer.path: there is no file "),
                        line -> assertThat(line).startsWith("failed   output     cannot create file://" + file),
                        line -> assertThat(line).startsWith("failed   work       cannot create file://" + file));
        assertThat(run.out()).contains("ok       input      1 files");
    }
}
