package corpusmill.tokenizer.fast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The four pre-tokenizers of Falcon, as they stand in its file. */
final class FalconSplit {
    private static final JsonNode PARTS = read("[{\"type\": \"Punctuation\", \"behavior\": \"Contiguous\"},"
            + " {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true},"
            + " {\"type\": \"Digits\", \"individual_digits\": false},"
            + " {\"type\": \"Split\", \"pattern\": {\"Regex\": \"[0-9][0-9][0-9]\"}, \"behavior\": \"Isolated\","
            + " \"invert\": false}]");

    private FalconSplit() {}

    /** Whether a list of pre-tokenizers is Falcon's, value by value. */
    static boolean is(JsonNode parts) {
        return PARTS.equals(parts);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
