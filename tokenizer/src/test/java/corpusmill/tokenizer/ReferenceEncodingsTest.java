package corpusmill.tokenizer;

import static corpusmill.tokenizer.Tokenizer.Engine.FAST;
import static corpusmill.tokenizer.Tokenizer.Engine.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 793 hard texts for each definition; the oracles are the Python packages tokenizers 0.23.2 and tiktoken 0.14.0. */
@Execution(ExecutionMode.CONCURRENT)
class ReferenceEncodingsTest {
    private static final Set<String> REFERENCE_ONLY = Set.of("bert_base_uncased", "clip", "t5_small");

    static Stream<String> huggingFace() {
        return SharedData.encoded("hf").stream();
    }

    static Stream<String> tiktoken() {
        return SharedData.encoded("tiktoken").stream();
    }

    @ParameterizedTest
    @MethodSource("huggingFace")
    void encodesAsHuggingFaceTokenizersWithControlTokens(String name) throws Exception {
        assertEncodings(name, "hf", SpecialTokens.CONTROL, EngineChoice.REFERENCE);
    }

    @ParameterizedTest
    @MethodSource("tiktoken")
    void encodesAsTiktokenEncodeOrdinaryWithOrdinaryTokens(String name) throws Exception {
        assertEncodings(name, "tiktoken", SpecialTokens.ORDINARY, EngineChoice.REFERENCE);
    }

    @ParameterizedTest
    @MethodSource("huggingFace")
    void theBestEngineEncodesAsHuggingFaceTokenizers(String name) throws Exception {
        if (REFERENCE_ONLY.contains(name)) { // its ids are compared above
            try (Tokenizer tokenizer = Samples.open(SharedData.definition(name), SpecialTokens.CONTROL)) {
                assertThat(tokenizer.engine()).isEqualTo(REFERENCE);
            }
            return;
        }
        assertThat(assertEncodings(name, "hf", SpecialTokens.CONTROL, EngineChoice.AUTO))
                .isEqualTo(FAST);
    }

    @ParameterizedTest
    @MethodSource("tiktoken")
    void theBestEngineEncodesAsTiktokenEncodeOrdinary(String name) throws Exception {
        assertThat(assertEncodings(name, "tiktoken", SpecialTokens.ORDINARY, EngineChoice.AUTO))
                .isEqualTo(FAST);
    }

    private static Tokenizer.Engine assertEncodings(String name, String kind, SpecialTokens policy, EngineChoice choice)
            throws Exception {
        List<JsonNode> cases = SharedData.lines("cases.jsonl.gz");
        List<JsonNode> rows = SharedData.lines(name + "." + kind + ".jsonl.gz");
        assertThat(rows).hasSameSizeAs(cases).hasSize(793);
        TokenizerDefinition definition = SharedData.definition(name);
        List<String> differences = new ArrayList<>();
        Tokenizer.Engine engine;
        try (Tokenizer tokenizer = choice == EngineChoice.AUTO
                ? Samples.open(definition, policy)
                : Tokenizers.open(definition, choice, policy)) {
            engine = tokenizer.engine();
            TokenEncoder encoder = tokenizer.encoder();
            for (int i = 0; i < cases.size(); i++) {
                String text = withoutLoneSurrogates(cases.get(i).get("text").textValue());
                int[] ids = Samples.encode(encoder, text);
                String place = cases.get(i).get("id") + " " + cases.get(i).get("cat");
                compare(place, ids, rows.get(i), differences);
                if (Arrays.stream(ids).anyMatch(id -> id < 0 || id >= definition.vocabularySize())) {
                    differences.add(place + ": an id outside the vocabulary");
                }
                if (engine == FAST) {
                    continue;
                }
                String wanted = rows.get(i).path("dec").asText(text);
                if (!wanted.startsWith("sha256:") && !tokenizer.decode(ids).equals(wanted)) {
                    differences.add(place + ": decoded to " + tokenizer.decode(ids) + " instead of " + wanted);
                }
            }
        }
        assertThat(differences).as("%s against %s", name, kind).isEmpty();
        return engine;
    }

    private static void compare(String place, int[] ids, JsonNode row, List<String> differences) throws Exception {
        assertThat(row.get("id").asText()).isEqualTo(place.substring(0, place.indexOf(' ')));
        boolean same = row.has("ids")
                ? Arrays.equals(ids, numbers(row.get("ids")))
                : ids.length == row.get("n").intValue()
                        && sha256(ids).equals(row.get("sha256").textValue());
        if (!same) {
            differences.add(place + ": " + Arrays.toString(Arrays.copyOf(ids, Math.min(ids.length, 24)))
                    + " instead of " + (row.has("ids") ? row.get("ids") : row.get("head")));
        }
    }

    private static int[] numbers(JsonNode list) {
        int[] numbers = new int[list.size()];
        Arrays.setAll(numbers, i -> list.get(i).intValue());
        return numbers;
    }

    private static String sha256(int[] ids) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(ids);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }

    private static String withoutLoneSurrogates(String text) {
        StringBuilder whole = new StringBuilder();
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        assertThat(new String(whole.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(whole.toString());
        return whole.toString();
    }
}
