package corpusmill.tokenizer.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.tokenizer.AddedToken;
import corpusmill.tokenizer.Merges;
import corpusmill.tokenizer.ModelType;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A copy of a definition in which no text can become a special token: the engine has no switch for that.
 *
 * <p>The special tokens leave {@code $.added_tokens}; where the model itself could still produce them from text, they
 * become unreachable in it, in the way each model allows. What cannot be guaranteed is refused.
 *
 * <ul>
 *   <li>BPE makes a token from one symbol, from a merge, or (with {@code ignore_merges}) from a whole pre-token. A
 *       special token that is a symbol or the product of a merge is refused; against the third way it leaves the
 *       vocabulary.
 *   <li>WordPiece looks up parts of words: the token leaves the vocabulary. The unknown token is needed there and gets a
 *       name longer than any word the model looks up.
 *   <li>WordLevel looks up words: the token leaves the vocabulary; the unknown token is what a word that spells it would
 *       become anyway.
 *   <li>Unigram numbers pieces by their place: the token gets a name with a blank, which no text reaches behind a
 *       pre-tokenizer that takes every blank away. Without one it is refused.
 * </ul>
 */
final class OrdinaryDefinition {
    private final TokenizerDefinition definition;
    private final ObjectNode root;
    private final ObjectNode model;
    private final Set<String> special;

    private OrdinaryDefinition(TokenizerDefinition definition, ObjectNode root) {
        this.definition = definition;
        this.root = root;
        this.model = (ObjectNode) root.get("model");
        this.special = definition.addedTokens().stream()
                .filter(AddedToken::special)
                .map(AddedToken::content)
                .collect(Collectors.toSet());
    }

    /**
     * Takes the special tokens out of a tree of the definition.
     *
     * @param root changed in place
     * @throws TokenizerException if text could still become a special token
     */
    static void apply(TokenizerDefinition definition, ObjectNode root) {
        OrdinaryDefinition copy = new OrdinaryDefinition(definition, root);
        if (!copy.special.isEmpty()) {
            copy.removeAddedTokens();
            copy.closeModel(definition.modelType());
        }
    }

    private void removeAddedTokens() {
        for (Iterator<JsonNode> tokens = root.get("added_tokens").iterator(); tokens.hasNext(); ) {
            if (tokens.next().path("special").asBoolean(false)) {
                tokens.remove();
            }
        }
    }

    private void closeModel(ModelType type) {
        JsonNode vocab = model.get("vocab");
        if (type == ModelType.UNIGRAM) {
            renamePieces((ArrayNode) vocab);
            return;
        }
        ObjectNode entries = (ObjectNode) vocab;
        for (String content : special) {
            if (entries.has(content) && isOneSymbol(content)) {
                throw refused("$.model.vocab", content, "is a single symbol of its model");
            }
        }
        if (type == ModelType.BPE) {
            closeBpe(entries);
        } else {
            String unknown = model.path("unk_token").asText("");
            entries.remove(
                    special.stream().filter(content -> !content.equals(unknown)).collect(Collectors.toList()));
            if (type == ModelType.WORD_PIECE && special.contains(unknown) && entries.has(unknown)) {
                String unreachable =
                        "x".repeat(model.path("max_input_chars_per_word").asInt(100) + 1);
                entries.set(unreachable, entries.remove(unknown));
                model.put("unk_token", unreachable);
            }
        }
    }

    private boolean isOneSymbol(String content) {
        String prefix = model.path("continuing_subword_prefix").asText("");
        String suffix = model.path("end_of_word_suffix").asText("");
        String inside = content.startsWith(prefix) ? content.substring(prefix.length()) : content;
        String bare = inside.endsWith(suffix) ? inside.substring(0, inside.length() - suffix.length()) : inside;
        return bare.codePointCount(0, bare.length()) <= 1;
    }

    private void closeBpe(ObjectNode entries) {
        JsonNode merges = model.path("merges");
        int prefix = model.path("continuing_subword_prefix").asText("").length();
        for (int i = 0; i < merges.size(); i++) {
            String[] pair = Merges.pair(merges.get(i));
            String product = pair == null ? "" : Merges.product(pair, prefix);
            if (special.contains(product)) {
                throw refused("$.model.merges[" + i + "]", product, "is the product of a merge");
            }
        }
        if (!model.path("ignore_merges").asBoolean(false)) {
            return;
        }
        String unknown = model.path("unk_token").asText("");
        boolean byteFallback = model.path("byte_fallback").asBoolean(false);
        for (String content : special) {
            boolean needed = content.equals(unknown) || (byteFallback && content.matches("<0x[0-9A-F]{2}>"));
            if (needed && entries.has(content)) {
                throw refused("$.model.ignore_merges", content, "is needed by its model and is a whole pre-token");
            }
        }
        entries.remove(special);
    }

    private void renamePieces(ArrayNode pieces) {
        boolean renamed = false;
        for (int id = 0; id < pieces.size(); id++) {
            ArrayNode piece = (ArrayNode) pieces.get(id);
            String content = piece.get(0).textValue();
            if (special.contains(content)) {
                if (model.path("byte_fallback").asBoolean(false) && content.matches("<0x[0-9A-F]{2}>")) {
                    throw refused("$.model.byte_fallback", content, "is needed by its model");
                }
                piece.set(0, " " + id);
                renamed = true;
            }
        }
        if (renamed && !takesBlanksAway(root.path("pre_tokenizer"))) {
            throw refused("$.pre_tokenizer", special.iterator().next(), "can be reached by its Unigram model");
        }
    }

    private static boolean takesBlanksAway(JsonNode preTokenizer) {
        for (JsonNode part : preTokenizer.path("pretokenizers")) {
            if (takesBlanksAway(part)) {
                return true;
            }
        }
        String type = preTokenizer.path("type").asText();
        return type.equals("WhitespaceSplit")
                || (type.equals("Metaspace")
                        && !preTokenizer.path("replacement").asText(" ").equals(" "));
    }

    private TokenizerException refused(String path, String content, String why) {
        return new TokenizerException(
                "Tokenizer '" + definition.name() + "': tokenizer.special-tokens 'ordinary' cannot be"
                        + " kept: at " + path + " the special token '" + content + "' " + why
                        + ", so text that spells it can become it. Set tokenizer.special-tokens to control or reject.");
    }
}
