package corpusmill.tokenizer.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Joins lines into texts of about 100 kB, since a call of the reference engine costs more than a line. Lines that the fast
 * engine hands to the reference engine are left out: one of them would hand over the whole text and hide all others.
 */
final class Chunks {
    private static final int LENGTH = 100_000;

    private final Predicate<byte[]> covered;
    private final List<String> texts = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private int length;

    Chunks(Predicate<byte[]> covered) {
        this.covered = covered;
    }

    /** Adds a line to a text. */
    void line(String line) {
        if (isCovered(line)) {
            open.add(line + "\n");
            length += line.length() + 1;
            if (length > LENGTH) {
                end();
            }
        }
    }

    /** Adds a text by itself. */
    void text(String text) {
        if (isCovered(text)) {
            texts.add(text);
        }
    }

    private void end() {
        String text = String.join("", open);
        if (isCovered(text)) {
            texts.add(text);
        } else {
            texts.addAll(open);
        }
        open.clear();
        length = 0;
    }

    List<String> texts() {
        end();
        return texts;
    }

    private boolean isCovered(String text) {
        return covered.test(text.getBytes(StandardCharsets.UTF_8));
    }
}
