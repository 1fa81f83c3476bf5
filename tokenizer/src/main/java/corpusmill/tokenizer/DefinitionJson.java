package corpusmill.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads and writes definitions as JSON. Numbers keep the digits they were written with. */
final class DefinitionJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private DefinitionJson() {}

    static ObjectNode read(String place, byte[] json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new TokenizerException(
                    place + " is not valid JSON" + at + ": " + e.getOriginalMessage()
                            + ". The file is damaged or cut short (" + json.length + " bytes); fetch it again.",
                    e);
        } catch (IOException e) {
            throw new TokenizerException(place + " cannot be read as JSON: " + e.getMessage(), e);
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new TokenizerException(place + ": $ must be a JSON object but is "
                    + (tree == null || tree.isMissingNode() ? "empty" : tree.getNodeType()) + ".");
        }
        return object;
    }

    /** Keys sorted, no white space. */
    static byte[] canonical(String place, JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new TokenizerException(
                    place + " holds a string that is not Unicode text: " + e.getOriginalMessage(), e);
        }
    }
}
