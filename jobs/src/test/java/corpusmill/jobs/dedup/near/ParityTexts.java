package corpusmill.jobs.dedup.near;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts on which the forms of a kernel are compared. */
final class ParityTexts {

    /** Without words, of one word, of fewer than a shingle, of exactly one; of one to four bytes a character. */
    static final List<String> EDGES = List.of(
            "",
            " ",
            "\u3000\n",
            "a",
            "  a",
            "a b",
            "a b c d",
            "a b c d e",
            " a b c d e f ",
            "\uD83D\uDE00",
            "\uD83D\uDE00 \uD83D\uDE01\u2003\uD801\uDC37 x \u65E5\u672C \u00E9",
            "\u200B",
            "\u0000 \u0001");

    private static final String[] SPACES = {
        " ", "  ", "\n", "\t", "\r\n", "\u000B", "\u0085", "\u00A0", "\u1680", "\u2003", "\u2028", "\u202F", "\u205F",
        "\u3000"
    };

    private ParityTexts() {}

    /** The edges, many texts, and four of a megabyte. */
    static List<String> all(long seed, int count) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(EDGES);
        texts.addAll(some(random, count, 40));
        for (int i = 0; i < 4; i++) {
            texts.add(large(random, 1 << 20));
        }
        return texts;
    }

    /** Texts of 0 to {@code most} words of a few alphabets; every tenth has at most one word. */
    static List<String> some(Random random, int count, int most) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? " " : "");
            for (int words = random.nextInt(i % 10 == 0 ? 2 : most + 1); words > 0; words--) {
                text.append(word(random)).append(SPACES[random.nextInt(SPACES.length)]);
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** A text of at least so many characters. */
    static String large(Random random, int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(word(random)).append(SPACES[random.nextInt(SPACES.length)]);
        }
        return text.toString();
    }

    private static String word(Random random) {
        int[] first = {'a', 0x430, 0x4E00, 0x1F600};
        int base = first[random.nextInt(first.length)];
        StringBuilder word = new StringBuilder();
        for (int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 6); length > 0; length--) {
            word.appendCodePoint(base + random.nextInt(26));
        }
        return word.toString();
    }
}
