package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.AddedToken;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.unicode.Unicode;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** The texts of a proof: hostile ones, every class boundary of Unicode, every token, and seeded random ones. */
final class ProofTexts {
    private static final String[] PARTS = {
        " ",
        "  ",
        "   ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u3000",
        "\u0085",
        "\u2028",
        "a",
        "B",
        "word",
        "Word",
        "WORD",
        "'s",
        "'S",
        "'re",
        "'LL",
        "'\u017f",
        "\u2019s",
        "'",
        "1",
        "12",
        "1234567",
        "\u0663",
        "\u00b2",
        "\u00bd",
        ".",
        "...",
        "//",
        "/",
        "!?",
        "(",
        "_",
        "$",
        "+",
        "\u00e9",
        "e\u0301",
        "\u0130",
        "\u01c5",
        "\u02b0",
        "\u0915\u093f",
        "\u4f60\u597d",
        "\u3042",
        "\ud55c",
        "\u05d0",
        "\u0627\u0644",
        "\u0e01\u0e34",
        "\ud83d\ude00",
        "\ud83d\udc69\u200d\ud83d\udcbb",
        "\ufe0f",
        "\u0000",
        "\u007f",
        "\ufffd",
        "\ue000",
        "\u2581",
        "\u00ad",
        "\u0300"
    };
    private static final int RANDOM_LINES = 8_000;
    private static final int RANDOM_TEXTS = 1_000;
    private static final int PROBES = 100;
    private static final int RUN = 300;
    private static final long SEED = 20_260_901;

    private ProofTexts() {}

    /**
     * A few texts, whose ids make the digest that every JVM compares.
     *
     * @param covered whether the fast engine encodes a text itself
     */
    static List<String> probe(Predicate<byte[]> covered) {
        Chunks chunks = new Chunks(covered);
        Random random = new Random(SEED);
        for (int i = 0; i < PROBES; i++) {
            // Longer than a block of the span finders.
            chunks.text(random(random) + random(random) + random(random));
        }
        return chunks.texts();
    }

    static List<String> all(TokenizerDefinition definition, Predicate<byte[]> covered) {
        Chunks chunks = new Chunks(covered);
        Random random = new Random(SEED + 1);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            chunks.text(random(random));
        }
        for (int i = 0; i < RANDOM_LINES; i++) {
            chunks.line(random(random));
        }
        hostile(chunks);
        boundaries(chunks);
        tokens(definition, chunks);
        return chunks.texts();
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(24); length > 0; length--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }

    private static void hostile(Chunks chunks) {
        for (String first : PARTS) {
            chunks.text(first);
            for (String second : PARTS) {
                chunks.line(first + second);
                chunks.line("x" + second + first + "x" + first);
            }
            chunks.text(first.repeat(RUN));
            chunks.line(first.repeat(RUN) + "a");
        }
        chunks.text("a".repeat(20_000));
        chunks.text("ab".repeat(10_000) + " ".repeat(10_000) + "\n".repeat(3_000) + "x");
    }

    /** Both sides of every place where the general category or the property White_Space changes. */
    private static void boundaries(Chunks chunks) {
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            boolean same = Unicode.generalCategory(c) == Unicode.generalCategory(c - 1)
                    && Unicode.isWhiteSpace(c) == Unicode.isWhiteSpace(c - 1);
            if (!same) {
                around(c - 1, chunks);
                around(c, chunks);
            }
        }
    }

    private static void around(int codePoint, Chunks chunks) {
        if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
            String one = Character.toString(codePoint);
            chunks.line("a" + one + "b" + one + one + "1 " + one + "A." + one + " ");
        }
    }

    private static void tokens(TokenizerDefinition definition, Chunks chunks) {
        definition.tree().path("model").path("vocab").fieldNames().forEachRemaining(token -> {
            String text = SpelledToken.text(token);
            if (text != null) {
                chunks.line(text);
            }
        });
        for (AddedToken token : definition.addedTokens()) {
            String content = token.content();
            chunks.line("x " + content + " y" + content + content);
        }
    }
}
