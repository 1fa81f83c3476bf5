package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.DeduplicationConfig.KeepRule;
import corpusmill.jobs.dedup.shingle.ReferenceShingles;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.Removal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;

/** The stages together, against brute force over sets of texts. */
class NearStagesTest {

    private static String words(IntStream numbers) {
        return numbers.mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    /** Documents of 204 words, 200 shingles; each shares all but {@code step} words with the one before. */
    private static List<String> chain(int documents, int step) {
        return IntStream.range(0, documents)
                .mapToObj(i -> words(IntStream.range(i * step, i * step + 204)))
                .toList();
    }

    /** {@code common} words that all share behind the ones that are each document's own. */
    private static List<String> template(int documents, int common, int own) {
        return IntStream.range(0, documents)
                .mapToObj(i -> words(IntStream.range(0, common)) + " "
                        + words(IntStream.range(1_000_000 + i * own, 1_000_000 + (i + 1) * own)))
                .toList();
    }

    @Test
    void keepsAChainWhoseEndsDiffer() {
        // Neighbours share 195 of 205 shingles; documents 21 apart or more share less than the threshold.
        List<String> texts = chain(60, 5);
        List<Removal> removals = Documents.removals(Documents.of(texts), Documents.words(0.8), Documents.BY_ID);
        assertProperties(texts, removals, 0.8);
        Set<Long> kept = IntStream.range(0, 60)
                .mapToObj(Long::valueOf)
                .filter(id -> removals.stream().noneMatch(removal -> removal.removed() == id))
                .collect(Collectors.toSet());
        assertThat(kept).contains(0L).hasSizeGreaterThan(10);
    }

    @Test
    void keepsTemplatesBelowTheThreshold() {
        for (int own : new int[] {26, 80}) {
            List<String> texts = template(120, 200, own);
            double similarity = ReferenceShingles.jaccard(
                    ReferenceShingles.words(texts.get(0), 5), ReferenceShingles.words(texts.get(1), 5));
            assertThat(similarity).isBetween(0.4, 0.7999);
            assertThat(Documents.removals(Documents.of(texts), Documents.words(0.8), Documents.BY_ID))
                    .isEmpty();
        }
    }

    @Test
    void removesATemplateAboveTheThresholdButItsBest() {
        List<String> texts = template(400, 200, 10);
        List<Removal> removals = Documents.removals(Documents.of(texts), Documents.words(0.8), Documents.BY_ID);
        assertProperties(texts, removals, 0.8);
        assertThat(removals).hasSizeGreaterThan(390);
    }

    @Test
    void keepsTheLongestDocumentOfACluster() {
        List<String> texts =
                List.of(words(IntStream.range(0, 100)), words(IntStream.range(0, 110)), words(IntStream.range(0, 105)));
        Ranking longest = new Ranking(List.of(KeepRule.LONGEST, KeepRule.FIRST));
        assertThat(Documents.removals(Documents.of(texts), Documents.words(0.8), longest))
                .extracting(Removal::removed, Removal::kept)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(0L, 1L), org.assertj.core.groups.Tuple.tuple(2L, 1L));
    }

    @Test
    void neverMeetsDocumentsWithoutShingles() {
        List<String> texts = List.of(" ", "\n", "\u3000", "a", "b");
        assertThat(Documents.removals(Documents.of(texts), Documents.words(0.5), Documents.BY_ID))
                .isEmpty();
    }

    @Test
    void decidesTheSameForAnyPartitioning() {
        List<String> texts = new ArrayList<>(chain(40, 5));
        texts.addAll(template(40, 200, 10));
        Dataset<Document> documents = Documents.of(texts);
        List<Removal> expected = sorted(Documents.removals(documents, Documents.words(0.8), Documents.BY_ID));
        List<Removal> other =
                sorted(Documents.removals(documents.repartition(7), Documents.words(0.8), Documents.BY_ID));
        assertThat(other).isEqualTo(expected).isNotEmpty();
    }

    private static List<Removal> sorted(List<Removal> removals) {
        return removals.stream()
                .sorted(Comparator.comparingLong(Removal::removed))
                .toList();
    }

    /** No wrong removal, and evidence that is exact and kept. */
    private static void assertProperties(List<String> texts, List<Removal> removals, double threshold) {
        Set<Long> removed = removals.stream().map(Removal::removed).collect(Collectors.toSet());
        assertThat(removed).hasSameSizeAs(removals);
        for (Removal removal : removals) {
            assertThat(removed).doesNotContain(removal.kept());
            assertThat(removal.kept()).isLessThan(removal.removed());
            double similarity = ReferenceShingles.jaccard(
                    ReferenceShingles.words(texts.get((int) removal.removed()), 5),
                    ReferenceShingles.words(texts.get((int) removal.kept()), 5));
            assertThat(removal.similarity()).isEqualTo(similarity).isGreaterThanOrEqualTo(threshold);
        }
    }
}
