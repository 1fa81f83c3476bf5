package corpusmill.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The kinds of model a {@code tokenizer.json} may hold. */
public enum ModelType {
    /** Merges of pairs, by rank. */
    BPE("BPE"),
    /** Longest match first within a word. */
    WORD_PIECE("WordPiece"),
    /** One id for one word. */
    WORD_LEVEL("WordLevel"),
    /** The most probable segmentation. */
    UNIGRAM("Unigram");

    private final String jsonName;

    ModelType(String jsonName) {
        this.jsonName = jsonName;
    }

    /** The value of {@code $.model.type}. */
    public String jsonName() {
        return jsonName;
    }

    static Optional<ModelType> named(String jsonName) {
        for (ModelType type : values()) {
            if (type.jsonName.equals(jsonName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Older files leave the type out; what the model holds tells it, in the order in which the reference engine tries. */
    static ModelType guess(JsonNode model) {
        if (model.has("merges")) {
            return BPE;
        }
        if (model.path("vocab").isArray()) {
            return UNIGRAM;
        }
        return model.has("continuing_subword_prefix") || model.has("max_input_chars_per_word")
                ? WORD_PIECE
                : WORD_LEVEL;
    }
}
