package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.shingle.ReferenceShingles;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 6,000 documents with planted near-duplicates and the exact similarity of every pair of at least 0.5, computed by an
 * independent set join.
 */
class LabelledTruthTest {

    private record Pair(String one, String other) {
        static Pair of(String one, String other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    private final List<String> names = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"WORDS, w5, 0.8", "CHARACTERS, c5, 0.8"})
    void removesNothingWronglyAndFindsWhatIsPromised(Shingle.Unit unit, String truth, double threshold)
            throws IOException {
        check(unit, truth, threshold);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"WORDS, w5, 0.7", "WORDS, w5, 0.9", "CHARACTERS, c5, 0.7", "CHARACTERS, c5, 0.9"})
    void removesNothingWronglyAtOtherThresholds(Shingle.Unit unit, String truth, double threshold) throws IOException {
        check(unit, truth, threshold);
    }

    private void check(Shingle.Unit unit, String truth, double threshold) throws IOException {
        Path folder = labelled();
        read(folder.resolve("docs.jsonl.zst"));
        Map<Pair, Double> similarities = truth(folder.resolve("pairs-" + truth + ".parquet"));
        List<RemovedDocument> removed = removed(new NearConfig(true, new Shingle(unit, 5), threshold, 0.95, 1));

        Set<Long> gone = removed.stream().map(RemovedDocument::removed).collect(Collectors.toSet());
        for (RemovedDocument removal : removed) {
            assertThat(gone).doesNotContain(removal.kept());
            String one = names.get((int) removal.removed());
            String other = names.get((int) removal.kept());
            double similarity = text(removal.removed()).equals(text(removal.kept()))
                    ? 1
                    : similarities.getOrDefault(Pair.of(one, other), 0.0);
            // The truth file holds floats.
            assertThat(removal.similarity()).as("%s and %s", one, other).isCloseTo(similarity, within(1e-7));
            assertThat(removal.similarity()).isEqualTo(recomputed(unit, removal));
            assertThat(similarity).isGreaterThanOrEqualTo(threshold);
        }

        Set<String> kept = new HashSet<>();
        documents.stream()
                .filter(document -> !gone.contains(document.id()))
                .forEach(document -> kept.add(names.get((int) document.id())));
        List<Pair> similar = similarities.entrySet().stream()
                .filter(pair -> pair.getValue() >= threshold)
                .map(Map.Entry::getKey)
                .toList();
        long missed = similar.stream()
                .filter(pair -> kept.contains(pair.one()) && kept.contains(pair.other()))
                .count();
        System.out.printf(
                "labelled %s at %s: %d removed, 0 wrongly; of %d pairs %d with both documents kept, recall %.4f%n",
                truth, threshold, removed.size(), similar.size(), missed, 1 - missed / (double) similar.size());
        assertThat(missed).isLessThanOrEqualTo((long) (0.05 * similar.size()));
    }

    private double recomputed(Shingle.Unit unit, RemovedDocument removal) {
        return unit == Shingle.Unit.WORDS
                ? ReferenceShingles.jaccard(
                        ReferenceShingles.words(text(removal.removed()), 5),
                        ReferenceShingles.words(text(removal.kept()), 5))
                : ReferenceShingles.jaccard(
                        ReferenceShingles.characters(text(removal.removed()), 5),
                        ReferenceShingles.characters(text(removal.kept()), 5));
    }

    private String text(long id) {
        return documents.get((int) id).text();
    }

    private List<RemovedDocument> removed(NearConfig near) {
        Dataset<Document> all = Documents.spark().createDataset(documents, RecordEncoder.of(Document.class));
        List<Removal> exact = new ExactDedupStage(Exact.TRUE, near.shingle(), Documents.BY_ID)
                .apply(all)
                .collectAsList();
        Set<Long> copies = exact.stream().map(Removal::removed).collect(Collectors.toSet());
        Dataset<Document> distinct = Documents.spark()
                .createDataset(
                        documents.stream()
                                .filter(document -> !copies.contains(document.id()))
                                .toList(),
                        RecordEncoder.of(Document.class));
        List<Removal> similar = Documents.removals(distinct, near, Documents.BY_ID);
        return new EvidenceStage()
                .apply(
                        Documents.spark().createDataset(exact, RecordEncoder.of(Removal.class)),
                        Documents.spark().createDataset(similar, RecordEncoder.of(Removal.class)))
                .collectAsList();
    }

    private static Path labelled() {
        Path home = Path.of(System.getProperty("corpusmill.home", "."))
                .toAbsolutePath()
                .normalize();
        Path beside = home.resolve("../shared/data/corpora/labelled").normalize();
        Path above = home.resolve("../../shared/data/corpora/labelled").normalize();
        Path found = Files.isDirectory(beside) ? beside : above;
        assumeThat(found).as("the shared test data lies beside the project").isDirectory();
        return found;
    }

    private void read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = json.readTree(line);
                names.add(record.path("id").asText());
                documents.add(
                        new Document(documents.size(), 0, record.path("text").asText(), null));
            }
        }
        assertThat(documents).hasSize(6000);
    }

    private static Map<Pair, Double> truth(Path file) {
        Map<Pair, Double> pairs = new HashMap<>();
        for (Row row : Documents.spark()
                .read()
                .parquet(file.toString())
                .select(col("a"), col("b"), col("jaccard"))
                .collectAsList()) {
            pairs.put(Pair.of(row.getString(0), row.getString(1)), (double) row.getFloat(2));
        }
        return pairs;
    }
}
