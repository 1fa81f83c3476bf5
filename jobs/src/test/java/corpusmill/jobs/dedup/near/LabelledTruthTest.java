package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.near.LabelledSet.Pair;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evidence over the labelled documents against their truth. */
class LabelledTruthTest {

    @ParameterizedTest
    @CsvSource({"WORDS, 0.8", "CHARACTERS, 0.8"})
    void removesNothingWronglyAndFindsWhatIsPromised(Shingle.Unit unit, double threshold) throws IOException {
        check(unit, threshold);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"WORDS, 0.7", "WORDS, 0.9", "CHARACTERS, 0.7", "CHARACTERS, 0.9"})
    void removesNothingWronglyAtOtherThresholds(Shingle.Unit unit, double threshold) throws IOException {
        check(unit, threshold);
    }

    private static void check(Shingle.Unit unit, double threshold) throws IOException {
        LabelledSet set = LabelledSet.read(unit);
        NearConfig near = new NearConfig(true, new Shingle(unit, 5), threshold, 0.95, 1);
        List<RemovedDocument> removed = removed(set.documents(), near);
        Set<Long> gone = removed.stream().map(RemovedDocument::removed).collect(Collectors.toSet());
        for (RemovedDocument removal : removed) {
            assertThat(gone).doesNotContain(removal.kept());
            Pair pair = Pair.of(set.name(removal.removed()), set.name(removal.kept()));
            assertThat(removal.similarity()).as("%s", pair).isCloseTo(set.similarity(pair), within(1e-9));
            assertThat(removal.similarity()).isGreaterThanOrEqualTo(threshold);
        }
        System.out.printf("labelled %s at %s: %d removed, 0 wrongly%n", near.shingle(), threshold, removed.size());
        checkRecall(set, gone, threshold);
    }

    private static void checkRecall(LabelledSet set, Set<Long> gone, double threshold) {
        SortedMap<String, PairCount> counts = new TreeMap<>();
        for (Pair pair : set.pairs()) {
            if (set.similarity(pair) >= threshold) {
                boolean both = !gone.contains(set.id(pair.one())) && !gone.contains(set.id(pair.other()));
                counts.merge(set.operation(pair), new PairCount(1, both ? 1 : 0), PairCount::plus);
            }
        }
        PairCount template = counts.getOrDefault("template", PairCount.NONE);
        PairCount others = counts.entrySet().stream()
                .filter(count -> !count.getKey().equals("template"))
                .map(Map.Entry::getValue)
                .reduce(PairCount.NONE, PairCount::plus);
        System.out.println("| operation | pairs | both kept | recall |\n|---|--:|--:|--:|");
        counts.forEach((operation, count) -> System.out.println(count.row(operation)));
        System.out.println(others.row("all but the template"));
        assertThat(set.pairs()).anyMatch(pair -> set.operation(pair).equals("template")); // at 0.9 of words none
        assertThat(template.missed).isLessThanOrEqualTo((long) (0.05 * template.pairs));
        assertThat(others.missed).isLessThanOrEqualTo((long) (0.05 * others.pairs));
        // Of an operation with few pairs more may be missed by chance.
        counts.forEach((operation, count) -> assertThat(count.missed)
                .as(operation)
                .isLessThanOrEqualTo((long) (0.05 * count.pairs + 5 * Math.sqrt(0.05 * 0.95 * count.pairs))));
    }

    /**
     * Pairs of one operation of the generator.
     *
     * @param pairs of at least the threshold
     * @param missed of these with both documents kept
     */
    private record PairCount(long pairs, long missed) {
        static final PairCount NONE = new PairCount(0, 0);

        PairCount plus(PairCount other) {
            return new PairCount(pairs + other.pairs, missed + other.missed);
        }

        String row(String name) {
            return String.format("| %s | %d | %d | %.4f |", name, pairs, missed, 1 - missed / (double) pairs);
        }
    }

    private static List<RemovedDocument> removed(List<Document> documents, NearConfig near) {
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
}
