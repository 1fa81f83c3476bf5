package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        List<String> texts = chain(200, 5);
        List<Removal> removals = Documents.removals(Documents.of(texts), Documents.words(0.8), Documents.BY_ID);
        assertProperties(texts, removals, 0.8);
        Set<Long> kept = IntStream.range(0, 200)
                .mapToObj(Long::valueOf)
                .filter(id -> removals.stream().noneMatch(removal -> removal.removed() == id))
                .collect(Collectors.toSet());
        assertThat(kept).contains(0L).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"1000, 102, 0.49", "250, 60, 0.62", "120, 26, 0.79"})
    void keepsTemplatesBelowTheThreshold(int documents, int own, double similarity) {
        checkTemplate(documents, own, similarity);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"1000, 60, 0.62", "1000, 26, 0.79"})
    void keepsAThousandDocumentsOfATemplateNearTheThreshold(int documents, int own, double similarity) {
        checkTemplate(documents, own, similarity);
    }

    private static void checkTemplate(int documents, int own, double similarity) {
        List<String> texts = template(documents, 200, own);
        assertThat(ReferenceShingles.jaccard(
                        ReferenceShingles.words(texts.get(0), 5), ReferenceShingles.words(texts.get(1), 5)))
                .isCloseTo(similarity, within(0.005));
        assertThat(Documents.removals(Documents.of(texts), Documents.words(0.8), Documents.BY_ID))
                .isEmpty();
    }

    @Test
    void removesNothingWronglyAmongOddTexts() {
        String hebrew = IntStream.range(0, 40)
                .mapToObj(i -> "מילה" + (char) ('א' + i % 20) + i % 7)
                .collect(Collectors.joining(" "));
        String faces = IntStream.range(0, 40)
                .mapToObj(i -> Character.toString(0x1F600 + i))
                .collect(Collectors.joining(" "));
        String zeros = IntStream.range(0, 40).mapToObj(i -> "a\u0000" + i).collect(Collectors.joining("\u2003"));
        List<String> texts = new ArrayList<>(List.of("", " ", "\t\n", "\u0000", "one", "one two three four"));
        for (String text : List.of(hebrew, faces, zeros)) {
            texts.add(text);
            texts.add(text + " \u202e");
            texts.add("\u00a0" + text + "\n\n");
        }
        List<Removal> removals = Documents.removals(Documents.of(texts), Documents.words(0.8), Documents.BY_ID);
        assertProperties(texts, removals, 0.8);
        assertThat(removals).extracting(Removal::removed).contains(8L, 11L, 14L).allMatch(id -> id > 5);
    }

    @Test
    void comparesLinesOfTenMegabytesExactly() {
        int count = 1_300_000;
        String line = words(IntStream.range(0, count));
        String other = words(IntStream.range(0, count).map(i -> i == count / 2 ? 2 * count : i));
        assertThat(line).hasSizeGreaterThan(10_000_000);
        // One word differs, and with it 5 of the shingles, which are 4 fewer than words.
        assertThat(Documents.removals(
                        Documents.of(List.of(line, "short", other)), Documents.words(0.8), Documents.BY_ID))
                .containsExactly(new Removal(2, 0, Removal.NEAR, (count - 9.0) / (count + 1.0)));
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
