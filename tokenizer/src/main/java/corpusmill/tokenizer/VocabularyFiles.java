package corpusmill.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code vocab.json} and {@code merges.txt} of GPT-2's form. Two such files do not say how text is split; other families
 * (CLIP, Qwen, RoBERTa) use the same names, so everything that hints at one of them is refused.
 */
final class VocabularyFiles {
    private static final String END = "<|endoftext|>";

    private final String name;

    VocabularyFiles(String name) {
        this.name = name;
    }

    ObjectNode definition(byte[] vocabulary, byte[] merges, byte @Nullable [] config) {
        requireGpt2(config);
        Map<String, Integer> ids = ids(DefinitionJson.read("vocab.json of tokenizer '" + name + "'", vocabulary));
        Integer end = ids.get(END);
        return ByteLevelDefinition.ofMerges(ids, pairs(merges, ids), end == null ? Map.of() : Map.of(END, end));
    }

    private void requireGpt2(byte @Nullable [] config) {
        JsonNode type = config == null
                ? null
                : DefinitionJson.read("tokenizer_config.json of tokenizer '" + name + "'", config)
                        .get("tokenizer_class");
        if (type != null && !type.asText().matches("GPT2Tokenizer(Fast)?")) {
            throw refused("tokenizer_config.json: $.tokenizer_class is '" + type.asText() + "', not GPT2Tokenizer");
        }
    }

    private Map<String, Integer> ids(ObjectNode vocabulary) {
        Map<String, Integer> ids = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            String path = "vocab.json: $['" + entry.getKey() + "']";
            if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
                throw new TokenizerException("Tokenizer '" + name + "': " + path + " must be an id but is "
                        + entry.getValue() + "; fetch the file again.");
            }
            if (entry.getKey().endsWith("</w>")) {
                throw refused(path + " ends a word with </w>");
            }
            ids.put(entry.getKey(), entry.getValue().intValue());
        }
        for (int value = 0; value < 256; value++) {
            if (!ids.containsKey(String.valueOf(ByteAlphabet.letter(value)))) {
                throw refused("vocab.json: there is no token for the single byte " + value);
            }
        }
        return ids;
    }

    private List<String[]> pairs(byte[] content, Map<String, Integer> ids) {
        List<String[]> pairs = new ArrayList<>();
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].endsWith("\r") ? lines[at].substring(0, lines[at].length() - 1) : lines[at];
            if (line.isEmpty() || (at == 0 && line.startsWith("#version"))) {
                continue;
            }
            String[] pair = line.split(" ", -1);
            if (pair.length != 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
                throw damaged(at + 1, "must be two tokens with a blank between but is '" + line + "'");
            }
            for (String token : new String[] {pair[0], pair[1], pair[0] + pair[1]}) {
                if (!ids.containsKey(token)) {
                    throw damaged(at + 1, "needs the token '" + token + "', which is not in vocab.json");
                }
            }
            pairs.add(pair);
        }
        return pairs;
    }

    private TokenizerException damaged(int line, String what) {
        return new TokenizerException("Tokenizer '" + name + "': merges.txt: line " + line + " " + what
                + "; the two files do not belong together or are damaged, fetch them again.");
    }

    private TokenizerException refused(String what) {
        return new TokenizerException("Tokenizer '" + name + "': " + what
                + "; vocab.json and merges.txt are read in GPT-2's form only, so use the tokenizer.json.");
    }
}
