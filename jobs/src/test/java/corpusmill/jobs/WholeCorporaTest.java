package corpusmill.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.jobs.dedup.shingle.ReferenceShingles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on 147.6 MB of real text, against the exact similarity of every pair of its documents. */
@Tag("long")
class WholeCorporaTest {

    private static final double THRESHOLD = 0.8;
    private static final List<String> FOLDERS = List.of("jsonl", "jsonl-zst", "parquet", "txt");

    private final Map<Long, String> texts = new HashMap<>();
    private final Map<String, Long> ids = new HashMap<>();

    @Test
    void losesNothingAndRemovesNothingWrongly(@TempDir Path folder) throws IOException {
        Path home = Path.of(System.getProperty("corpusmill.home", "."))
                .toAbsolutePath()
                .normalize();
        Path corpora = home.resolve("../shared/data/corpora").normalize();
        assumeThat(corpora).as("the shared test data lies beside the project").isDirectory();
        Manifest manifest = prepare(home, corpora, folder);

        LedgerEntry ingest = Objects.requireNonNull(manifest.ledger().get("ingest"));
        assertThat(ingest.in()).isEqualTo(68_466);
        assertThat(ingest.dropped()).isEmpty();
        manifest.ledger()
                .forEach((stage, entry) -> assertThat(entry.in())
                        .as(stage)
                        .isEqualTo(entry.out()
                                + entry.dropped().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()));

        SparkSession spark = SparkSession.builder().getOrCreate();
        read(spark, folder);
        List<Row> removed = spark.read()
                .parquet(folder.resolve("dataset")
                        .resolve(manifest.meta().get("removed"))
                        .toString())
                .collectAsList();
        Set<Long> gone = new HashSet<>();
        removed.forEach(row -> gone.add(row.<Long>getAs("removed")));
        removed.forEach(row -> check(row, gone));
        checkRecall(spark, corpora, gone);
    }

    private static Manifest prepare(Path home, Path corpora, Path folder) throws IOException {
        StringBuilder job = new StringBuilder("input:\n");
        FOLDERS.forEach(
                name -> job.append("  - path: ").append(corpora.resolve(name)).append('\n'));
        job.append("output: ").append(folder.resolve("dataset"));
        job.append("\ndeduplication: { near: { shingle: \"words:5\", threshold: 0.8 } }\n");
        job.append("tokenizer: { path: ")
                .append(home.resolve("jobs/sample/tokenizer/tokenizer.json"))
                .append(" }\n");
        Path file = Files.writeString(folder.resolve("job.yaml"), job);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        assertThat(Main.run(new String[] {"prepare", "--config", file.toString()}, print, print))
                .as(() -> out.toString(UTF_8))
                .isZero();
        System.out.println(out.toString(UTF_8));
        Path manifest = folder.resolve("dataset/manifest.json");
        return ManifestParser.parse(Files.readAllBytes(manifest), manifest.toString());
    }

    private void read(SparkSession spark, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("dataset.work/ingest"))) {
            String[] parquet = files.map(Path::toString)
                    .filter(name -> name.endsWith(".parquet"))
                    .toArray(String[]::new);
            spark.read()
                    .parquet(parquet)
                    .filter("outcome = 'document'")
                    .select("id", "key", "text")
                    .toLocalIterator()
                    .forEachRemaining(row -> {
                        texts.put(row.getLong(0), row.getString(2));
                        if (!row.isNullAt(1)) {
                            ids.put(row.getString(1), row.getLong(0));
                        }
                    });
        }
    }

    private void check(Row row, Set<Long> gone) {
        String one = Objects.requireNonNull(texts.get(row.<Long>getAs("removed")));
        String other = Objects.requireNonNull(texts.get(row.<Long>getAs("kept")));
        double similarity = one.equals(other)
                ? 1
                : ReferenceShingles.jaccard(ReferenceShingles.words(one, 5), ReferenceShingles.words(other, 5));
        assertThat(gone).doesNotContain(row.<Long>getAs("kept"));
        assertThat(row.<Double>getAs("similarity")).isCloseTo(similarity, within(1e-9));
        assertThat(similarity).isGreaterThanOrEqualTo(THRESHOLD);
    }

    private void checkRecall(SparkSession spark, Path corpora, Set<Long> gone) {
        List<Row> pairs = spark.read()
                .parquet(corpora.resolve("truth/natural-pairs-w5.parquet").toString())
                .filter("jaccard >= 0.8")
                .select("a", "b")
                .collectAsList();
        long known = 0;
        long missed = 0;
        for (Row pair : pairs) {
            Long one = ids.get(pair.getString(0));
            Long other = ids.get(pair.getString(1));
            // Plain text files carry no id of their own.
            if (one != null && other != null) {
                known++;
                missed += gone.contains(one) || gone.contains(other) ? 0 : 1;
            }
        }
        System.out.printf(
                "%d removed, 0 wrongly; of %d pairs %d with both documents kept, recall %.4f%n",
                gone.size(), known, missed, 1 - missed / (double) known);
        assertThat(known).isGreaterThan(6000);
        assertThat(missed).isLessThanOrEqualTo((long) (0.05 * known));
    }
}
