package corpusmill.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.tokenizer.fast.FastTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Definitions damaged at random: read, planned for the fast engine, or refused with a message; nothing else. */
class MutatedDefinitionsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void refusesWhatItCannotReadWithAMessage() {
        mutate(3_000);
    }

    @Tag("long")
    @Test
    void refusesWhatItCannotReadWithAMessageAMillionTimes() {
        mutate(1_000_000);
    }

    private static void mutate(int times) {
        Random random = Seeds.random("MutatedDefinitionsTest");
        int refused = 0;
        for (int i = 0; i < times; i++) {
            byte[] json = random.nextBoolean() ? bytes(random) : tree(random);
            try {
                TokenizerDefinition definition = TokenizerDefinition.read("mutated", json, null);
                open(definition);
            } catch (TokenizerException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("definition %s", new String(json, UTF_8))
                        .contains("mutated")
                        .hasSizeLessThan(1_000);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("definition " + new String(json, UTF_8), e);
            }
        }
        System.out.println(times + " mutated definitions: " + refused + " refused with a message, " + (times - refused)
                + " read and run, 0 crashes");
        assertThat(refused).isPositive();
    }

    private static void open(TokenizerDefinition definition) {
        try (Tokenizer fast = FastTokenizer.open(definition, SpecialTokens.ORDINARY)) {
            assertThatCode(() -> Samples.encode(fast.encoder(), "ab abc\n ccc"))
                    .as("%s", new String(definition.json(), UTF_8))
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).isNull(),
                            failure -> assertThat(failure).isInstanceOf(TokenizerException.class));
        }
    }

    /** Flips, drops, doubles or cuts bytes. */
    private static byte[] bytes(Random random) {
        StringBuilder text = new StringBuilder(Samples.TINY);
        for (int change = 1 + random.nextInt(3); change > 0 && text.length() > 1; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(7))));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, text.charAt(at));
                default -> text.setLength(Math.max(1, at));
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    /** Puts a value of another kind, or none, in some place of the tree. */
    private static byte[] tree(Random random) {
        try {
            ObjectNode root = (ObjectNode) new ObjectMapper().readTree(Samples.TINY);
            List<JsonNode> places = new ArrayList<>();
            collect(root, places);
            for (int change = 1 + random.nextInt(2); change > 0; change--) {
                JsonNode place = places.get(random.nextInt(places.size()));
                if (place instanceof ArrayNode array && !array.isEmpty()) {
                    array.set(random.nextInt(array.size()), value(random));
                } else if (place instanceof ObjectNode object && !object.isEmpty()) {
                    List<String> names = new ArrayList<>();
                    object.fieldNames().forEachRemaining(names::add);
                    String name = names.get(random.nextInt(names.size()));
                    if (random.nextInt(4) == 0) {
                        object.remove(name);
                    } else {
                        object.set(name, value(random));
                    }
                }
            }
            return new ObjectMapper().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the sample is JSON", e);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static JsonNode value(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(12));
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(-1.5);
            case 5 -> JSON.textNode("");
            case 6 -> JSON.textNode("a b");
            case 7 -> JSON.arrayNode().add("a").add(1);
            default -> JSON.objectNode().put("type", "Sequence");
        };
    }
}
