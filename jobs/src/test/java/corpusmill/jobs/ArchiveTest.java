package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.table.ArchiveEntry;
import corpusmill.formats.table.TableRows;
import corpusmill.formats.table.TableSchema;
import corpusmill.formats.verify.Finding;
import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A dataset with an archive, read by Spark's own reader of Parquet. */
@ExtendWith(LocalSpark.class)
class ArchiveTest {

    @TempDir
    private static Path folder = Path.of("");

    private static Path output;
    private static Path plain;

    @BeforeAll
    static void prepareTwice() throws IOException {
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 11);
        output = folder.resolve("with archive");
        plain = folder.resolve("without");
        for (Path dataset : List.of(plain, output)) {
            Path job = corpus.jobFile(folder.resolve("job.yaml"), dataset.toString());
            Invocation run = Invocation.of(
                    "prepare",
                    "--config",
                    job.toString(),
                    "--set",
                    "work=" + folder.resolve("work"),
                    "--set",
                    "shards.validation-share=0.2",
                    "--set",
                    "shards.archive=" + (dataset.equals(output) ? "parquet" : "none"));
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void holdsTheRowsOfEveryShardInTheirOrder(SparkSession spark) throws IOException {
        PublishedDataset published = new PublishedDataset(output.toString());
        List<ArchiveEntry> files = published.rows(TableSchema.ARCHIVE).stream()
                .map(TableRows::archived)
                .toList();
        assertThat(files).hasSizeGreaterThan(2);
        Manifest manifest = published.manifest();
        assertThat(files.stream().collect(Collectors.groupingBy(ArchiveEntry::split)))
                .containsOnlyKeys("train", "validation");
        Dataset dataset = Dataset.open(output.toUri());
        for (String split : manifest.splits().keySet()) {
            List<PackedSequence> expected = new ArrayList<>();
            dataset.rows(split, 0, manifest.splits().get(split).rows(), (place, row) -> expected.add(row));
            List<List<Object>> archived = new ArrayList<>();
            for (ArchiveEntry file : files) {
                if (file.split().equals(split)) {
                    String path = output.resolve(file.path()).toString();
                    List<Row> rows = spark.read().parquet(path).collectAsList();
                    assertThat(rows).hasSize((int) file.rows());
                    rows.forEach(row -> archived.add(
                            List.of(row.getList(0), row.getList(1), row.getInt(2), row.getInt(3), row.getInt(4))));
                }
            }
            assertThat(archived)
                    .containsExactlyElementsOf(expected.stream()
                            .map(row -> List.<Object>of(
                                    Arrays.stream(row.ids(manifest.tokenType()))
                                            .boxed()
                                            .toList(),
                                    Arrays.stream(row.ends()).boxed().toList(),
                                    row.first(),
                                    row.valid(),
                                    row.source()))
                            .toList());
        }
    }

    @Test
    void leavesTheShardsAsTheyAre() {
        Manifest with = new PublishedDataset(output.toString()).manifest();
        Manifest without = new PublishedDataset(plain.toString()).manifest();
        assertThat(with.rootHash()).isEqualTo(without.rootHash());
        assertThat(with.fingerprint()).isNotEqualTo(without.fingerprint());
        assertThat(without.meta()).doesNotContainKey("archive");
    }

    @Test
    void damageIsFound() throws IOException {
        PublishedDataset published = new PublishedDataset(output.toString());
        assertThat(published.findings()).isEmpty();
        ArchiveEntry file =
                TableRows.archived(published.rows(TableSchema.ARCHIVE).get(0));
        Path path = output.resolve(file.path());
        byte[] whole = Files.readAllBytes(path);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 4;
        try {
            Files.write(path, flipped);
            assertThat(kinds(published)).containsExactly(Finding.Kind.WRONG_CHECKSUM);
            Files.write(path, Arrays.copyOf(whole, whole.length - 1));
            assertThat(kinds(published)).containsExactly(Finding.Kind.TRUNCATED);
            Files.write(path, Arrays.copyOf(whole, whole.length + 1));
            assertThat(kinds(published)).containsExactly(Finding.Kind.WRONG_SIZE);
            Files.delete(path);
            assertThat(kinds(published)).containsExactly(Finding.Kind.MISSING);
        } finally {
            Files.write(path, whole);
        }
        assertThat(published.findings()).isEmpty();
    }

    private static List<Finding.Kind> kinds(PublishedDataset dataset) {
        return dataset.findings().stream().map(Finding::kind).toList();
    }
}
