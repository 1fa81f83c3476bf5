package corpusmill.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes byte-level BPE as the {@code tokenizer.json} that means the same. */
final class ByteLevelDefinition {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ByteLevelDefinition() {}

    static ObjectNode ofRanks(RanksFile ranks, NamedEncoding encoding) {
        ObjectNode split = JSON.objectNode()
                .put("type", "Split")
                .put("behavior", "Isolated")
                .put("invert", false)
                .set("pattern", JSON.objectNode().put("Regex", encoding.split()));
        ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
        sequence.putArray("pretokenizers").add(split).add(byteLevel(false, true, false));
        ObjectNode model = model(ranks.vocabulary(), ranks.merges(), encoding.special());
        return root(model.put("ignore_merges", true), sequence, encoding.special());
    }

    static ObjectNode ofMerges(Map<String, Integer> vocabulary, List<String[]> merges, Map<String, Integer> special) {
        ObjectNode model = model(vocabulary, merges, special);
        return root(model.put("ignore_merges", false), byteLevel(false, true, true), special);
    }

    private static ObjectNode root(ObjectNode model, ObjectNode preTokenizer, Map<String, Integer> special) {
        ObjectNode root = JSON.objectNode().put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        special.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .forEach(token -> added.addObject()
                        .put("id", token.getValue())
                        .put("content", token.getKey())
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true));
        root.putNull("normalizer");
        root.set("pre_tokenizer", preTokenizer);
        root.set("post_processor", byteLevel(true, false, true));
        root.set("decoder", byteLevel(true, true, true));
        root.set("model", model);
        return root;
    }

    private static ObjectNode byteLevel(boolean prefix, boolean trim, boolean regex) {
        return JSON.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", prefix)
                .put("trim_offsets", trim)
                .put("use_regex", regex);
    }

    private static ObjectNode model(
            Map<String, Integer> vocabulary, List<String[]> merges, Map<String, Integer> special) {
        ObjectNode model = JSON.objectNode()
                .put("type", "BPE")
                .putNull("dropout")
                .putNull("unk_token")
                .putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix")
                .put("fuse_unk", false)
                .put("byte_fallback", false);
        ObjectNode vocab = model.putObject("vocab");
        vocabulary.forEach(vocab::put);
        special.forEach(vocab::put);
        ArrayNode list = model.putArray("merges");
        merges.forEach(pair -> list.addArray().add(pair[0]).add(pair[1]));
        return model;
    }
}
