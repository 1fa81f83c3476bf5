package corpusmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {

    private final JsonNode schema = new ObjectMapper().valueToTree(ConfigSchema.schema());

    @Test
    void describesAJobFile() {
        assertThat(schema.at("/$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.at("/required")).extracting(JsonNode::asText).containsExactly("input", "output");
        assertThat(schema.at("/properties/input/items/required"))
                .extracting(JsonNode::asText)
                .containsExactly("path");
        assertThat(schema.at("/properties/deduplication/properties/near/properties/threshold")
                        .toString())
                .isEqualTo(
                        "{\"exclusiveMinimum\":0,\"maximum\":1,\"type\":\"number\",\"default\":0.8,"
                                + "\"description\":\"Smallest exact Jaccard similarity of a removed document with the kept one.\"}");
        assertThat(schema.at("/properties/packing/properties/mode/enum"))
                .extracting(JsonNode::asText)
                .containsExactly("best-fit", "concatenate", "document");
    }

    @Test
    void knowsTheDefaultsThatTheParserUses() {
        JobFile job = ConfigParser.parse(
                "{ input: [ { path: a } ], output: b }".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "j",
                List.of());
        for (Setting setting : job.settings()) {
            if (setting.origin().equals(ConfigOrigin.DEFAULT)
                    && !List.of("source", "work").contains(last(setting))) {
                JsonNode expected = new ObjectMapper().valueToTree(setting.value());
                assertThat(leaf(setting).get("default"))
                        .as(setting.path().toString())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void documentsEveryKeyInOneSentence() {
        everyLeaf(schema)
                .forEachRemaining(
                        leaf -> assertThat(leaf.path("description").asText()).matches("[A-Z].*\\."));
    }

    @Test
    void isTheSameTextEveryTime() {
        assertThat(ConfigSchema.schema().toString())
                .isEqualTo(ConfigSchema.schema().toString());
        assertThat(ConfigSchema.schema().toString()).contains("{minLength=1, type=string");
    }

    private JsonNode leaf(Setting setting) {
        JsonNode node = schema;
        for (String step : setting.path()) {
            node = step.equals("0") ? node.get("items") : node.get("properties").get(step);
        }
        return node;
    }

    private static String last(Setting setting) {
        return setting.path().get(setting.path().size() - 1);
    }

    private static Iterator<JsonNode> everyLeaf(JsonNode node) {
        JsonNode group =
                node.path("type").asText().equals("array") && node.path("items").has("properties")
                        ? node.get("items")
                        : node;
        List<JsonNode> leaves = new java.util.ArrayList<>();
        if (!group.has("properties")) {
            leaves.add(group);
        }
        for (Map.Entry<String, JsonNode> child : group.path("properties").properties()) {
            everyLeaf(child.getValue()).forEachRemaining(leaves::add);
        }
        return leaves.iterator();
    }
}
