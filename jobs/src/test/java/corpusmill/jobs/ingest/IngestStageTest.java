package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestStageTest {

    @TempDir
    Path folder = Path.of("");

    private final SparkSession spark = SparkSession.builder()
            .master("local[2]")
            .appName("ingest")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();

    @AfterAll
    void stop() {
        spark.stop();
    }

    private List<SourceFile> files() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append(i % 50 == 7 ? "broken\n" : "{\"text\":\"text " + i + " é\",\"id\":" + i + "}\n");
        }
        Files.writeString(folder.resolve("in/a:b.jsonl"), lines);
        Files.writeString(folder.resolve("in/book.txt"), "one book");
        Files.writeString(folder.resolve("in/empty.jsonl"), "");
        return InputListing.of(
                        List.of(new InputConfig(folder + "/in", "web", InputFormat.AUTO, FieldsConfig.DEFAULT)),
                        Map.of())
                .files();
    }

    private List<Ingested> read(List<SourceFile> files, long partBytes) {
        return new IngestStage(IngestConfig.DEFAULT, partBytes, Map.of())
                .read(spark, files)
                .collectAsList();
    }

    @Test
    void accountsForEveryRecordInARowOfItsOwn() throws IOException {
        List<SourceFile> files = files();
        IngestStage stage = new IngestStage(IngestConfig.DEFAULT, 1_000, Map.of());
        List<Ingested> rows = stage.read(spark, files).collectAsList();
        Map<Integer, FileLedger> ledgers = FileLedger.count(rows.iterator());
        for (SourceFile file : files) {
            long parts = stage.parts(files).stream()
                    .filter(part -> part.file().index() == file.index())
                    .count();
            ledgers.getOrDefault(file.index(), FileLedger.empty(file.index())).check(file, parts);
        }
        FileLedger first = ledgers.getOrDefault(0, FileLedger.empty(0));
        assertThat(first.documents()).isEqualTo(490);
        assertThat(first.rejected()).isEqualTo(Map.of("INVALID_JSON", 10L));
        assertThat(first.parts()).isGreaterThan(10);
        assertThat(rows)
                .filteredOn(row -> Arrays.equals(row.raw(), "broken".getBytes(StandardCharsets.UTF_8)))
                .hasSize(10);
    }

    @Test
    void givesTheSameDocumentsForPartsOfAnySize() throws IOException {
        List<SourceFile> files = files();
        List<List<Ingested>> documents = List.of(100L, 3_000L, IngestStage.PART_BYTES).stream()
                .map(part -> read(files, part).stream()
                        .filter(row -> row.outcome().equals(Ingested.DOCUMENT))
                        .sorted(Comparator.comparingLong(Ingested::id))
                        .toList())
                .toList();
        assertThat(documents.get(0)).hasSize(491).isEqualTo(documents.get(1)).isEqualTo(documents.get(2));
        assertThat(documents.get(0).get(3).key()).isEqualTo("3");
    }

    @Test
    void survivesAWriteToParquet() throws IOException {
        IngestStage stage = IngestStage.of(IngestConfig.DEFAULT, Map.of());
        String out = folder.resolve("out").toString();
        stage.read(spark, files()).write().mode("overwrite").parquet(out);
        assertThat(spark.read()
                        .parquet(out)
                        .groupBy("outcome")
                        .count()
                        .collectAsList()
                        .toString())
                .contains("[document,491]", "[rejected,10]", "[tally,3]");
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(read(List.of(), 10)).isEmpty();
    }
}
