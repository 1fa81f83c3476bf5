package corpusmill.tokenizer.reference;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.tokenizer.ModelType;
import java.util.Set;

/**
 * Where a long text may be cut so that its pieces give the same ids as the whole.
 *
 * <p>The engine holds about 200 bytes for every byte of text while it encodes, so a long text is encoded in pieces where
 * that is proven to be the same: in byte-level BPE with a split pattern of {@link #PATTERNS}, just before a blank that
 * stands between two ASCII letters. No alternative of those patterns matches a letter followed by a blank, none looks
 * behind, and what looks ahead looks one character ahead from a blank; so a pre-token starts there whatever surrounds it,
 * and BPE treats pre-tokens apart. NFC, the only normaliser allowed, never joins a letter with a blank or changes a
 * blank by what precedes it. An added token must not hold a letter followed by a blank, take blanks at its right, or ask
 * for word boundaries. Everything else is encoded whole.
 */
final class SafeCut {
    private static final String WORDS_OF_O200K = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?"
            + "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

    static final Set<String> PATTERNS = Set.of(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            cl100k("\\p{N}{1,3}"),
            cl100k("\\p{N}"),
            WORDS_OF_O200K + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    private SafeCut() {}

    private static String cl100k(String digits) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + digits
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    /**
     * Whether texts of a definition may be cut at all.
     *
     * @param type the definition's model
     * @param root the definition
     */
    static boolean allows(ModelType type, JsonNode root) {
        JsonNode normalizer = root.path("normalizer");
        return type == ModelType.BPE
                && root.path("model").path("dropout").asDouble(0) == 0
                && (absent(normalizer) || normalizer.path("type").asText().equals("NFC"))
                && splitIsKnown(root.path("pre_tokenizer"))
                && addedTokensAllowIt(root.path("added_tokens"));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean splitIsKnown(JsonNode preTokenizer) {
        if (preTokenizer.path("type").asText().equals("ByteLevel")) {
            return preTokenizer.path("use_regex").asBoolean(true);
        }
        JsonNode parts = preTokenizer.path("pretokenizers");
        JsonNode split = parts.path(0);
        String behavior =
                split.path("behavior").asText() + "/" + split.path("invert").asBoolean(false);
        return preTokenizer.path("type").asText().equals("Sequence")
                && parts.size() == 2
                && split.path("type").asText().equals("Split")
                && (behavior.equals("Isolated/false") || behavior.equals("Removed/true"))
                && PATTERNS.contains(split.path("pattern").path("Regex").asText())
                && parts.path(1).path("type").asText().equals("ByteLevel")
                && !parts.path(1).path("use_regex").asBoolean(true);
    }

    private static boolean addedTokensAllowIt(JsonNode tokens) {
        for (JsonNode token : tokens) {
            if (token.path("single_word").asBoolean(false)
                    || token.path("rstrip").asBoolean(false)
                    || token.path("content").asText().matches("(?s).*[A-Za-z] .*")) {
                return false;
            }
        }
        return true;
    }

    /** The first cut in [from, end), or {@code end} if there is none. */
    static int next(byte[] utf8, int from, int end) {
        for (int at = Math.max(from, 1); at + 1 < end; at++) {
            if (utf8[at] == ' ' && isLetter(utf8[at - 1]) && isLetter(utf8[at + 1])) {
                return at;
            }
        }
        return end;
    }

    private static boolean isLetter(byte value) {
        int lower = value | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}
