package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.AddedToken;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.unicode.Unicode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The texts of a proof: hostile ones, every class boundary of Unicode, every token, and seeded random ones. */
final class ProofTexts {
    private static final String[] PARTS = {
        " ", "  ", "   ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\u0085", "\u2028", "a", "B", "word", "Word", "WORD",
        "'s", "'S", "'re", "'LL", "'\u017f", "\u2019s", "'", "1", "12", "1234567", "\u0663", "\u00b2", "\u00bd", ".",
        "...", "//", "/", "!?", "(", "_", "$", "+", "\u00e9", "e\u0301", "\u0130", "\u01c5", "\u02b0", "\u0915\u093f",
        "\u4f60\u597d", "\u3042", "\ud55c", "\u05d0", "\u0627\u0644", "\u0e01\u0e34", "\ud83d\ude00",
        "\ud83d\udc69\u200d\ud83d\udcbb", "\ufe0f", "\u0000", "\u007f", "\ufffd", "\ue000", "\u2581", "\u00ad", "\u0300"
    };
    private static final int RANDOM_TEXTS = 4_000;
    private static final int LINES = 64;
    private static final long SEED = 20_260_901;

    private ProofTexts() {}

    /** A few texts, whose ids make the digest that every JVM compares. */
    static List<String> probe() {
        List<String> texts = new ArrayList<>();
        random(new Random(SEED), 100, texts);
        return texts;
    }

    static List<String> all(TokenizerDefinition definition) {
        List<String> texts = probe();
        hostile(texts);
        boundaries(texts);
        vocabulary(definition, texts);
        random(new Random(SEED + 1), RANDOM_TEXTS, texts);
        return texts;
    }

    private static void random(Random random, int count, List<String> texts) {
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(24); length > 0; length--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            texts.add(text.toString());
        }
    }

    private static void hostile(List<String> texts) {
        for (String first : PARTS) {
            StringBuilder pairs = new StringBuilder();
            for (String second : PARTS) {
                pairs.append(first).append(second).append('x').append(second).append(first).append("\n");
                texts.add(first + second);
            }
            texts.add(pairs.toString());
            texts.add(first.repeat(300));
            texts.add(first.repeat(300) + "a");
        }
        texts.add("a".repeat(20_000));
        texts.add("ab".repeat(10_000) + " ".repeat(10_000) + "\n".repeat(3_000) + "x");
    }

    /** Both sides of every place where the general category or the property White_Space changes. */
    private static void boundaries(List<String> texts) {
        StringBuilder lines = new StringBuilder();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            boolean same = Unicode.generalCategory(c) == Unicode.generalCategory(c - 1)
                    && Unicode.isWhiteSpace(c) == Unicode.isWhiteSpace(c - 1);
            if (!same) {
                around(c - 1, lines);
                around(c, lines);
            }
            if (lines.length() > 2_000) {
                texts.add(lines.toString());
                lines.setLength(0);
            }
        }
        texts.add(lines.toString());
    }

    private static void around(int codePoint, StringBuilder lines) {
        if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
            String one = Character.toString(codePoint);
            lines.append("a" + one + "b" + one + one + "1 " + one + "A." + one + " \n");
        }
    }

    private static void vocabulary(TokenizerDefinition definition, List<String> texts) {
        List<String> entries = new ArrayList<>();
        definition.tree().path("model").path("vocab").fieldNames().forEachRemaining(entries::add);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            String text = SpelledToken.text(entries.get(i));
            lines.append(text == null ? "" : text).append('\n');
            if (i % LINES == LINES - 1 || i == entries.size() - 1) {
                texts.add(lines.toString());
                lines.setLength(0);
            }
        }
        for (AddedToken token : definition.addedTokens()) {
            texts.add("x " + token.content() + " y" + token.content() + token.content() + "\n");
        }
    }
}
