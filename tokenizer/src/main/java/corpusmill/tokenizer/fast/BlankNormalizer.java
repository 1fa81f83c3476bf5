package corpusmill.tokenizer.fast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** The normalisers that spell every blank as {@code ▁}, with or without one before the text. */
final class BlankNormalizer {
    private static final String BLANK = "▁";

    private BlankNormalizer() {}

    /**
     * Reads {@code $.normalizer}.
     *
     * @return whether every text gets a blank before it
     */
    static boolean read(String name, Allowed root) {
        JsonNode node = root.get("normalizer");
        if (node.path("type").asText().equals("Replace")) {
            replace(name, "$.normalizer", node);
            return false;
        }
        Allowed sequence = new Allowed(name, "$.normalizer", node, Set.of("type", "normalizers"));
        sequence.text("type", "Sequence");
        JsonNode parts = sequence.get("normalizers");
        if (parts.size() != 2) {
            throw sequence.refused("normalizers");
        }
        Allowed prepend = new Allowed(name, "$.normalizer.normalizers[0]", parts.get(0), Set.of("type", "prepend"));
        prepend.text("type", "Prepend");
        prepend.text("prepend", BLANK);
        replace(name, "$.normalizer.normalizers[1]", parts.get(1));
        return true;
    }

    private static void replace(String name, String path, JsonNode node) {
        Allowed replace = new Allowed(name, path, node, Set.of("type", "pattern", "content"));
        replace.text("type", "Replace");
        replace.text("content", BLANK);
        new Allowed(name, path + ".pattern", replace.get("pattern"), Set.of("String")).text("String", " ");
    }
}
