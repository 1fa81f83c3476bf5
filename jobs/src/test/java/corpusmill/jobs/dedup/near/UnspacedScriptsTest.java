package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.near.LabelledSet.Pair;
import corpusmill.jobs.dedup.shingle.ReferenceShingles;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts written without spaces: {@code auto} finds what {@code characters:5} finds. */
class UnspacedScriptsTest {

    private static final double THRESHOLD = 0.8;

    /** A pair of documents by their ids, and how similar it is by {@code characters:5}. */
    private record Alike(long one, long other, double similarity) {}

    @ParameterizedTest
    @ValueSource(strings = {"zh", "ja"})
    void findsWhatCharactersFindInTheLabelledSet(String language) throws IOException {
        LabelledSet set = LabelledSet.read(Shingle.Unit.CHARACTERS);
        List<Document> documents = set.documents().stream()
                .filter(document -> set.language(document.id()).equals(language))
                .toList();
        List<Alike> similar = new ArrayList<>();
        for (Pair pair : set.pairs()) {
            long one = set.id(pair.one());
            long other = set.id(pair.other());
            if (set.language(one).equals(language)
                    && set.language(other).equals(language)
                    && set.similarity(pair) >= THRESHOLD) {
                similar.add(new Alike(one, other, set.similarity(pair)));
            }
        }
        compare(language, documents, similar);
    }

    @ParameterizedTest
    @ValueSource(longs = 23)
    void findsWhatCharactersFindInThai(long seed) throws IOException {
        List<Document> documents = thai(new Random(seed));
        List<Set<List<String>>> shingles = documents.stream()
                .map(document -> ReferenceShingles.characters(document.text(), 5))
                .toList();
        List<Alike> similar = new ArrayList<>();
        for (int one = 0; one < documents.size(); one++) {
            for (int other = 0; other < one; other++) {
                double similarity = ReferenceShingles.jaccard(shingles.get(one), shingles.get(other));
                if (similarity >= THRESHOLD) {
                    similar.add(new Alike(one, other, similarity));
                }
            }
        }
        compare("th", documents, similar);
    }

    /** Pieces of 300 letters of the Thai texts, each with three variants of ever more letters that are others. */
    private static List<Document> thai(Random random) throws IOException {
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(LabelledSet.corpora().resolve("jsonl-zst"), "*.zst")) {
            for (Path file : files) {
                LabelledSet.lines(file, record -> {
                    String text = record.path("text").asText();
                    text.chars().filter(UnspacedScriptsTest::isThai).forEach(letter -> all.append((char) letter));
                });
            }
        }
        List<Document> documents = new ArrayList<>();
        for (int from = 0; from + 300 <= all.length() && documents.size() < 240; from += 300) {
            String piece = all.substring(from, from + 300);
            for (int changes = 0; changes < 12; changes += 3) {
                StringBuilder variant = new StringBuilder(piece);
                for (int change = 0; change < changes; change++) {
                    variant.setCharAt(random.nextInt(300), (char) (0x0E01 + random.nextInt(46)));
                }
                documents.add(new Document(documents.size(), 0, variant.toString(), null));
            }
        }
        assertThat(documents).hasSizeGreaterThan(40);
        return documents;
    }

    private static boolean isThai(int letter) {
        return letter >= 0x0E00 && letter < 0x0E80;
    }

    private static void compare(String language, List<Document> documents, List<Alike> similar) {
        List<Removal> auto = removals(documents, Shingle.Unit.AUTO);
        List<Removal> characters = removals(documents, Shingle.Unit.CHARACTERS);
        List<Alike> missed = missed(similar, auto);
        Map<Long, String> letters = new HashMap<>();
        documents.forEach(document -> letters.put(document.id(), letters(document.text())));
        double lowest = auto.stream()
                .mapToDouble(removal -> ReferenceShingles.jaccard(
                        ReferenceShingles.characters(Objects.requireNonNull(letters.get(removal.removed())), 5),
                        ReferenceShingles.characters(Objects.requireNonNull(letters.get(removal.kept())), 5)))
                .min()
                .orElse(1);
        double highest = missed.stream().mapToDouble(Alike::similarity).max().orElse(0);
        System.out.printf(
                "%s: %d documents, %d pairs; auto removes %d and misses %d, at most %.3f alike; characters:5 removes %d"
                        + " and misses %d; the least alike that auto removes, by characters:5 of the letters alone: %.3f%n",
                language,
                documents.size(),
                similar.size(),
                auto.size(),
                missed.size(),
                highest,
                characters.size(),
                missed(similar, characters).size(),
                lowest);
        assertThat(similar).hasSizeGreaterThan(10);
        assertThat(missed.size()).isLessThanOrEqualTo(similar.size() / 10);
        // White space and punctuation are no units of auto, so that the same pair is a little more or less alike by it.
        assertThat(highest).isLessThan(THRESHOLD + 0.07);
        assertThat(lowest).isGreaterThan(THRESHOLD - 0.07);
    }

    /** The letters of scripts without spaces: of which a word of another script, one unit of auto, is none. */
    private static String letters(String text) {
        return text.replaceAll("[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]+", "");
    }

    private static List<Removal> removals(List<Document> documents, Shingle.Unit unit) {
        return Documents.removals(
                Documents.spark().createDataset(documents, RecordEncoder.of(Document.class)),
                new NearConfig(true, new Shingle(unit, 5), THRESHOLD, 0.95, 1),
                Documents.BY_ID);
    }

    /** Pairs of which both documents stay. */
    private static List<Alike> missed(List<Alike> similar, List<Removal> removals) {
        Set<Long> gone = new HashSet<>();
        removals.forEach(removal -> gone.add(removal.removed()));
        return similar.stream()
                .filter(pair -> !gone.contains(pair.one()) && !gone.contains(pair.other()))
                .toList();
    }
}
