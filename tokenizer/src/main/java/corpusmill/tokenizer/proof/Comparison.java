package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two engines side by side.
 *
 * @param ours the fast one
 * @param theirs the reference
 */
record Comparison(TokenEncoder ours, TokenEncoder theirs) {
    private static final int SHOWN = 200;
    private static final int SHOWN_IDS = 16;

    /** The smallest text found whose ids differ, and what they are; null if there is none. */
    @Nullable
    String difference(List<String> texts) {
        for (String text : texts) {
            if (differs(text)) {
                String smallest = smallest(text);
                return quoted(smallest) + " gives " + shown(ids(ours, smallest)) + " instead of "
                        + shown(ids(theirs, smallest));
            }
        }
        return ours.specialOccurrences() == theirs.specialOccurrences()
                ? null
                : ours.specialOccurrences() + " special tokens counted in the texts of the proof instead of "
                        + theirs.specialOccurrences();
    }

    private boolean differs(String text) {
        return !Arrays.equals(ids(ours, text), ids(theirs, text));
    }

    /** A line of its own if one differs, then without every stretch that is not needed. */
    private String smallest(String text) {
        String found = text.lines().filter(this::differs).findFirst().orElse(text);
        for (int size = found.length() / 2; size > 0; size /= 2) {
            for (int at = 0; at + size <= found.length(); ) {
                String shorter = found.substring(0, at) + found.substring(at + size);
                if (isWhole(shorter) && differs(shorter)) {
                    found = shorter;
                } else {
                    at += size;
                }
            }
        }
        return found;
    }

    private static boolean isWhole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
    }

    /** Null where the engine fails. */
    static int @Nullable [] ids(TokenEncoder encoder, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        TokenBuffer out = new TokenBuffer();
        try {
            encoder.encode(utf8, 0, utf8.length, out);
            return out.toArray();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static String shown(int @Nullable [] ids) {
        if (ids == null) {
            return "no ids";
        }
        return ids.length <= SHOWN_IDS
                ? Arrays.toString(ids)
                : Arrays.toString(Arrays.copyOf(ids, SHOWN_IDS)) + " and " + (ids.length - SHOWN_IDS) + " more";
    }

    private static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return shown.append("'").toString();
    }
}
