package corpusmill.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the parts of a {@code tokenizer.json} and names the JSON path of what is wrong. */
final class DefinitionParser {
    private static final int LARGEST_ID = 1 << 30;

    private final String name;
    private final JsonNode model;
    private final ModelType type;
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final Map<Integer, String> contents = new HashMap<>();
    private final List<AddedToken> addedTokens = new ArrayList<>();
    private int highest = -1;

    DefinitionParser(String name, ObjectNode root) {
        this.name = name;
        this.model = root.path("model");
        if (!model.isObject()) {
            throw damaged("$.model", "must be an object but is " + kind(model), "use a complete tokenizer.json");
        }
        this.type = typeOf(model);
        readVocabulary();
        if (type == ModelType.BPE) {
            checkMerges();
        }
        readAddedTokens(root.path("added_tokens"));
    }

    ModelType type() {
        return type;
    }

    List<AddedToken> addedTokens() {
        return addedTokens;
    }

    int vocabularySize() {
        return highest + 1;
    }

    private ModelType typeOf(JsonNode model) {
        JsonNode named = model.path("type");
        if (named.isMissingNode() || named.isNull()) {
            return ModelType.guess(model);
        }
        return ModelType.named(named.asText())
                .orElseThrow(() -> damaged(
                        "$.model.type",
                        "is '" + named.asText() + "'",
                        "supported are BPE, WordPiece, WordLevel and Unigram"));
    }

    private void readVocabulary() {
        JsonNode vocab = model.path("vocab");
        if (type == ModelType.UNIGRAM ? !vocab.isArray() : !vocab.isObject()) {
            String wanted = type == ModelType.UNIGRAM ? "an array" : "an object";
            throw damaged("$.model.vocab", "must be " + wanted + " but is " + kind(vocab), "fetch the file again");
        }
        if (type == ModelType.UNIGRAM) {
            for (int id = 0; id < vocab.size(); id++) {
                readPiece(vocab.get(id), id);
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
                String path = "$.model.vocab[" + quoted(entry.getKey()) + "]";
                claim(path, entry.getKey(), idAt(path, entry.getValue()));
            }
        }
        if (vocabulary.isEmpty()) {
            throw damaged("$.model.vocab", "is empty", "fetch the file again");
        }
    }

    private void readPiece(JsonNode piece, int id) {
        if (piece.size() != 2 || !piece.path(0).isTextual() || !piece.path(1).isNumber()) {
            throw damaged("$.model.vocab[" + id + "]", "must be [text, score] but is " + kind(piece), "fetch it again");
        }
        claim("$.model.vocab[" + id + "]", piece.get(0).textValue(), id);
    }

    private void claim(String path, String content, int id) {
        String other = contents.putIfAbsent(id, content);
        if (other != null && !other.equals(content)) {
            throw damaged(path, "has id " + id + ", which is the id of " + quoted(other) + " too", "ids are unique");
        }
        vocabulary.put(content, id);
        highest = Math.max(highest, id);
    }

    private int idAt(String path, JsonNode id) {
        if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= LARGEST_ID) {
            throw damaged(
                    path,
                    "must be an integer in [0, " + LARGEST_ID + ") but is " + shortened(id.toString()),
                    "fetch the file again");
        }
        return id.intValue();
    }

    private void checkMerges() {
        JsonNode merges = model.path("merges");
        if (!merges.isArray()) {
            throw damaged("$.model.merges", "must be an array but is " + kind(merges), "fetch the file again");
        }
        int prefix = model.path("continuing_subword_prefix").asText("").length();
        for (int i = 0; i < merges.size(); i++) {
            String[] pair = Merges.pair(merges.get(i));
            if (pair == null) {
                throw damaged("$.model.merges[" + i + "]", "is not a pair of tokens", "fetch the file again");
            }
            for (String token : new String[] {pair[0], pair[1], Merges.product(pair, prefix)}) {
                if (!vocabulary.containsKey(token)) {
                    throw damaged(
                            "$.model.merges[" + i + "]",
                            "needs the token " + quoted(token) + ", which is not in $.model.vocab",
                            "the file was altered after training (often blanks that an editor changed); fetch it again");
                }
            }
        }
    }

    private void readAddedTokens(JsonNode list) {
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw damaged("$.added_tokens", "must be an array but is " + kind(list), "fetch the file again");
        }
        for (int i = 0; i < list.size(); i++) {
            String path = "$.added_tokens[" + i + "]";
            JsonNode token = list.get(i);
            String content = token.path("content").asText("");
            if (content.isEmpty()) {
                throw damaged(path + ".content", "must be a text that is not empty", "fetch the file again");
            }
            int id = idAt(path + ".id", token.path("id"));
            Integer known = vocabulary.get(content);
            if (known != null && known != id) {
                throw damaged(
                        path + ".id",
                        "is " + id + ", but " + quoted(content) + " has id " + known + " already",
                        "a token has one id");
            }
            claim(path + ".id", content, id);
            addedTokens.add(new AddedToken(id, content, token.path("special").asBoolean(false)));
        }
    }

    private TokenizerException damaged(String path, String what, String remedy) {
        return new TokenizerException("Tokenizer '" + name + "': " + path + " " + what + "; " + remedy + ".");
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "missing" : shortened(node.toString());
    }

    private static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
