package corpusmill.jobs.dedup.shingle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.NearConfig.Shingle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShinglerTest {

    private static final Shingle WORDS = new Shingle(Shingle.Unit.WORDS, 5);
    private static final Shingle CHARACTERS = new Shingle(Shingle.Unit.CHARACTERS, 5);
    private static final Shingle AUTO = new Shingle(Shingle.Unit.AUTO, 5);
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "the",
            "Quick",
            "naïve",
            "日",
            "本",
            "語",
            "é",
            "😀",
            " ",
            "  ",
            "\n",
            "\u00a0",
            "\u3000",
            "\u0085",
            "\t",
            ".",
            "\u001c",
            "eightabc",
            "abcdefgé",
            "longerthansixteen",
            "\u0000",
            "\u007f");

    private static double jaccard(Shingle shingle, String one, String other) {
        return ShingleSet.of(one.getBytes(UTF_8), shingle).jaccard(ShingleSet.of(other.getBytes(UTF_8), shingle));
    }

    private static List<Long> shingles(Shingle shingle, String text) {
        List<Long> hashes = new ArrayList<>();
        Shingler.of(shingle).shingle(text.getBytes(UTF_8), hashes::add);
        return hashes;
    }

    @Test
    void givesTheSimilaritiesOfTheDefinition() {
        assertThat(jaccard(WORDS, "a b c d e f", "a b c d e g")).isEqualTo(1.0 / 3);
        assertThat(jaccard(CHARACTERS, "abcdef", "abcdeg")).isEqualTo(1.0 / 3);
    }

    @Test
    void agreesWithSetsOfTextsOnGeneratedDocuments() {
        long seed = Long.getLong("test.seed", 7L);
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            String one = text(random);
            String other = random.nextInt(4) == 0 ? text(random) : one + PIECES.get(random.nextInt(PIECES.size()));
            assertThat(jaccard(WORDS, one, other))
                    .as("-Dtest.seed=%d case %d", seed, i)
                    .isEqualTo(ReferenceShingles.jaccard(
                            ReferenceShingles.words(one, 5), ReferenceShingles.words(other, 5)));
            assertThat(jaccard(CHARACTERS, one, other))
                    .as("-Dtest.seed=%d case %d", seed, i)
                    .isEqualTo(ReferenceShingles.jaccard(
                            ReferenceShingles.characters(one, 5), ReferenceShingles.characters(other, 5)));
        }
    }

    private static String text(Random random) {
        int most = random.nextInt(50) == 0 ? 2000 : 40; // some fill several blocks
        return IntStream.range(0, random.nextInt(most))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining());
    }

    @Test
    void givesOneShingleToATextOfFewerUnits() {
        assertThat(shingles(WORDS, "only four words here")).hasSize(1);
        assertThat(shingles(CHARACTERS, "日本")).hasSize(1);
        assertThat(shingles(WORDS, "one two three four five")).hasSize(1);
        assertThat(shingles(WORDS, "one two three four five six")).hasSize(2);
    }

    @Test
    void givesInOrderTheShinglesOfEveryRunOfUnits() {
        for (int count = 4; count < 800; count += count < 12 || count % 256 > 250 ? 1 : count % 256 < 10 ? 1 : 30) {
            List<String> words = IntStream.range(0, count)
                    .mapToObj(i -> "w" + (i % 97) * 1_000_003)
                    .toList();
            List<Long> expected = IntStream.rangeClosed(0, Math.max(0, count - 5))
                    .mapToObj(i -> String.join(" ", words.subList(i, Math.min(i + 5, words.size()))))
                    .flatMap(run -> shingles(WORDS, run).stream())
                    .toList();
            assertThat(shingles(WORDS, String.join(" ", words)))
                    .as("%d words", count)
                    .isEqualTo(expected);
        }
    }

    @Test
    void givesNoShingleToATextWithoutUnits() {
        assertThat(shingles(WORDS, " \n\u3000\t")).isEmpty();
        assertThat(shingles(CHARACTERS, "")).isEmpty();
        assertThat(shingles(AUTO, "... --- !!!")).isEmpty();
    }

    @Test
    void takesWordsWithoutCaseAndPunctuationByDefault() {
        assertThat(jaccard(AUTO, "The quick, brown fox jumps!", "the QUICK brown fox -- jumps"))
                .isEqualTo(1.0);
        assertThat(jaccard(AUTO, "Straße ΣΊΣΥΦΟΣ x y z", "STRAßE σίσυφοσ X Y Z"))
                .isEqualTo(1.0);
        assertThat(jaccard(AUTO, "one two three four five", "one two three four six"))
                .isZero();
    }

    @Test
    void takesCharactersInScriptsWithoutSpacesByDefault() {
        assertThat(shingles(AUTO, "日本語の文章です")).hasSize(4);
        assertThat(shingles(AUTO, "ภาษาไทย")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(jaccard(AUTO, "日本語の文章です。", "日本語の、文章です")).isEqualTo(1.0);
    }

    @Test
    void tellsSequencesOfUnitsApart() {
        assertThat(sequence("A b, c")).isEqualTo(sequence("a B c!"));
        assertThat(sequence("a b c")).isNotEqualTo(sequence("a c b"));
        assertThat(sequence("...")).isEqualTo(sequence("...")).isNotEqualTo(sequence("???"));
    }

    private static List<Long> sequence(String text) {
        long[] hashes = Shingler.of(AUTO).sequence(text.getBytes(UTF_8));
        return List.of(hashes[0], hashes[1]);
    }

    @Test
    void forgetsTheTextBefore() {
        Shingler shingler = Shingler.of(WORDS);
        List<Long> first = new ArrayList<>();
        List<Long> again = new ArrayList<>();
        shingler.shingle("a b c d e f g".getBytes(UTF_8), first::add);
        shingler.shingle("x y".getBytes(UTF_8), hash -> {});
        shingler.shingle("a b c d e f g".getBytes(UTF_8), again::add);
        assertThat(again).isEqualTo(first).hasSize(3);
    }
}
