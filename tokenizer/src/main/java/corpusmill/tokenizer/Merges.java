package corpusmill.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The two spellings of a merge in {@code $.model.merges}: {@code "a b"} and {@code ["a", "b"]}. */
public final class Merges {
    private Merges() {}

    /** The two tokens that a merge joins, or null if it is not a pair. */
    public static String @Nullable [] pair(JsonNode merge) {
        if (merge.isTextual()) {
            String text = merge.textValue();
            int blank = text.indexOf(' ');
            return blank < 0 || blank != text.lastIndexOf(' ')
                    ? null
                    : new String[] {text.substring(0, blank), text.substring(blank + 1)};
        }
        return merge.size() == 2 && merge.get(0).isTextual() && merge.get(1).isTextual()
                ? new String[] {merge.get(0).textValue(), merge.get(1).textValue()}
                : null;
    }

    /**
     * The token that a merge makes.
     *
     * @param pair the two tokens
     * @param prefix length in chars of {@code continuing_subword_prefix}, which the second token loses
     */
    public static String product(String[] pair, int prefix) {
        return pair[0] + pair[1].substring(Math.min(prefix, pair[1].length()));
    }
}
