package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.DUPLICATE_KEY;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_MISSING;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_NOT_TEXT;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_JSON;
import static corpusmill.jobs.ingest.RejectionReason.LONE_SURROGATE;
import static corpusmill.jobs.ingest.RejectionReason.NESTED_TOO_DEEP;
import static corpusmill.jobs.ingest.RejectionReason.NOT_AN_OBJECT;
import static corpusmill.jobs.ingest.RejectionReason.TRAILING_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordTest {

    private static final String GOOD = "\"text\":\"t\"";

    private final JsonRecord record = new JsonRecord("text", "id");

    private String text() {
        return new String(record.text(), StandardCharsets.UTF_8);
    }

    private @Nullable RejectionReason read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        // At a place that is not the start, to find offsets that are taken for it.
        byte[] framed = new byte[bytes.length + 10];
        java.util.Arrays.fill(framed, (byte) '"');
        System.arraycopy(bytes, 0, framed, 3, bytes.length);
        return record.read(framed, 3, 3 + bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":tru}",
                "{\"text\":\"t\",}",
                "{\"text\":\"t\"",
                "{text:\"t\"}",
                "{'text':'t'}",
                "{\"text\" \"t\"}",
                "{\"text\":\"t\",\"n\":NaN}",
                "{\"text\":\"t\",\"n\":Infinity}",
                "{\"text\":\"t\",\"n\":01}",
                "{\"text\":\"t\",\"n\":-}",
                "{\"text\":\"t\",\"n\":1.}",
                "{\"text\":\"t\",\"n\":.5}",
                "{\"text\":\"t\",\"n\":1e}",
                "{\"text\":\"t\",\"n\":+1}",
                "{\"text\":\"t\",\"n\":0x1}",
                "{\"text\":\"t\\x\"}",
                "{\"text\":\"t\\u12g4\"}",
                "{\"text\":\"t\\u12\"}",
                "{\"text\":\"t\\",
                "{\"text\":\"a\tb\"}",
                "{\"text\":\"a\u0000b\"}",
                "{\"text\":\"t\",\"a\":[1,]}",
                "{\"text\":\"t\",\"a\":[1}",
                "{\"text\":\"t\",\"a\":{1:2}}",
                "{\"text\":\"t\",\"a\":{\"b\"}}",
                "{\"text\":\"t\",\"a\":[,1]}",
                "{,}",
                "{",
                "nul",
                "[1",
                "[1][2]",
                "tex",
                "\"open",
                "{\"text\":\"t\",\"a\":[1 2]}",
                "{\"text\":\"t\"/*c*/}",
                "\uFEFF{\"text\":\"t\"}"
            })
    void refusesWhatIsNoJson(String json) {
        assertThat(read(json)).isEqualTo(INVALID_JSON);
    }

    @Test
    void namesWhatFollowsTheObject() {
        assertThat(read("{" + GOOD + "} trailing")).isEqualTo(TRAILING_DATA);
        assertThat(read("{" + GOOD + "}{" + GOOD + "}")).isEqualTo(TRAILING_DATA);
        assertThat(read("{" + GOOD + "},")).isEqualTo(TRAILING_DATA);
    }

    @Test
    void refusesArraysAndScalars() {
        for (String json : List.of("[1,2]", "123", "null", "\"t\"", "true", "[]", " [ { } ] ")) {
            assertThat(read(json)).as(json).isEqualTo(NOT_AN_OBJECT);
        }
    }

    @Test
    void namesAMissingText() {
        assertThat(read("{}")).isEqualTo(FIELD_MISSING);
        assertThat(read("{\"Text\":\"t\"}")).isEqualTo(FIELD_MISSING);
        assertThat(read("{\"text\":null}")).isEqualTo(FIELD_MISSING);
        assertThat(read("{\"a\":{\"text\":\"t\"}}")).isEqualTo(FIELD_MISSING);
    }

    @Test
    void turnsNothingIntoText() {
        for (String value : List.of("1", "-1.5e3", "true", "false", "[\"t\"]", "{\"text\":\"t\"}", "[]", "{}")) {
            assertThat(read("{\"text\":" + value + "}")).as(value).isEqualTo(FIELD_NOT_TEXT);
        }
    }

    @Test
    void refusesTwoFieldsOfOneName() {
        assertThat(read("{\"text\":\"a\",\"text\":\"b\"}")).isEqualTo(DUPLICATE_KEY);
        assertThat(read("{\"text\":\"a\",\"te\\u0078t\":\"b\"}")).isEqualTo(DUPLICATE_KEY);
        assertThat(read("{\"a\":1,\"text\":\"a\",\"a\":2}")).isEqualTo(DUPLICATE_KEY);
        assertThat(read("{\"text\":null,\"text\":\"b\"}")).isEqualTo(DUPLICATE_KEY);
    }

    @Test
    void remembersTheFieldsOfTheRecordBeforeWithoutMixingThem() {
        assertThat(read("{\"id\":\"1\",\"text\":\"a\",\"x\":0}")).isNull();
        assertThat(read("{\"id\":\"2\",\"x\":0,\"text\":\"b\"}")).isNull();
        assertThat(text()).isEqualTo("b");
        assertThat(read("{\"id\":\"3\",\"x\":0,\"x\":1}")).isEqualTo(DUPLICATE_KEY);
        assertThat(read("{\"text\":\"c\"}")).isNull();
        assertThat(record.key()).isNull();
        assertThat(read("{\"text\":\"d\",\"id\":4}")).isNull();
        assertThat(record.key()).isEqualTo("4");
        assertThat(read("{\"text\":\"e\",\"id\":5,\"y\":[]}")).isNull();
        assertThat(read("{\"text\":\"e\",\"id\":5,\"y\":[],\"text\":1}")).isEqualTo(DUPLICATE_KEY);
    }

    @Test
    void toleratesEqualNamesInsideValuesNobodyReads() {
        assertThat(read("{" + GOOD + ",\"m\":{\"a\":1,\"a\":2}}")).isNull();
    }

    @Test
    void takesKeysAsTheyAreWritten() {
        assertThat(read("{" + GOOD + ",\"id\":1.50e+2}")).isNull();
        assertThat(record.key()).isEqualTo("1.50e+2");
        assertThat(read("{" + GOOD + ",\"id\":\"a\\nb\"}")).isNull();
        assertThat(record.key()).isEqualTo("a\nb");
        for (String value : List.of("null", "true", "[1]", "{}")) {
            assertThat(read("{" + GOOD + ",\"id\":" + value + "}")).isNull();
            assertThat(record.key()).as(value).isNull();
        }
    }

    @Test
    void refusesHalfASurrogatePairInTextAndKey() {
        for (String half : List.of(
                "\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\n", "\\ud83dx\\ude00", "\\ud83d\\ud83d\\ude00")) {
            assertThat(read("{\"text\":\"a" + half + "\"}")).as(half).isEqualTo(LONE_SURROGATE);
            assertThat(read("{" + GOOD + ",\"id\":\"" + half + "\"}")).as(half).isEqualTo(LONE_SURROGATE);
            assertThat(read("{" + GOOD + ",\"other\":\"" + half + "\",\"" + half + "\":1}"))
                    .as(half)
                    .isNull();
        }
    }

    @Test
    void decodesEveryEscape() {
        assertThat(read("{\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\u20AC\\ud83d\\ude00\\uFFFFé€😀\"}"))
                .isNull();
        assertThat(text()).isEqualTo("\"\\/\b\f\n\r\t\u0000é€😀\uFFFFé€😀");
    }

    @Test
    void followsNestingToItsLimit() {
        assertThat(read(nested(JsonRecord.MAX_DEPTH - 1))).isNull();
        assertThat(read(nested(JsonRecord.MAX_DEPTH))).isEqualTo(NESTED_TOO_DEEP);
        assertThat(read(nested(100_000))).isEqualTo(NESTED_TOO_DEEP);
    }

    private static String nested(int depth) {
        return "{" + GOOD + ",\"m\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    @Test
    void passesOverHugeValuesNobodyReads() {
        assertThat(read("{\"n\":" + "9".repeat(100_000) + ",\"f\":-1." + "0".repeat(5000) + "E-99999," + GOOD + "}"))
                .isNull();
        assertThat(text()).isEqualTo("t");
    }

    @Test
    void readsObjectsOfManyFields() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 50_000; i++) {
            json.append("\"f").append(i).append("\":").append(i).append(',');
        }
        assertThat(read(json + GOOD + "}")).isNull();
        assertThat(read(json + "\"f17\":0," + GOOD + "}")).isEqualTo(DUPLICATE_KEY);
        assertThat(read("{" + GOOD + "}")).isNull();
    }

    /** Jackson, which shares no code with the scanner, decides what is JSON and what the text is. */
    @Property(tries = 20_000)
    void agreesWithJackson(@ForAll("lines") String json) throws IOException {
        RejectionReason reason = read(json);
        String expected = jackson(json);
        if (reason == null) {
            assertThat(expected).as(json).isEqualTo("text:" + text());
        } else if (reason == INVALID_JSON || reason == TRAILING_DATA) {
            assertThat(expected).as(json).isEqualTo("invalid");
        } else if (reason != DUPLICATE_KEY) {
            assertThat(expected).as(json).isEqualTo(reason.name());
        }
    }

    @Property(tries = 5_000)
    void decodesStringsOfManyEscapesAsJacksonDoes(@ForAll("strings") String string) throws IOException {
        String json = "{\"id\":" + string + ",\"text\":" + string + "}";
        String expected = jackson(json);
        RejectionReason reason = read(json);
        if (expected.equals("invalid")) {
            assertThat(reason).as(json).isEqualTo(INVALID_JSON);
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(expected)) {
            assertThat(reason).as(json).isEqualTo(LONE_SURROGATE);
        } else {
            assertThat(reason).as(json).isNull();
            assertThat("text:" + text()).as(json).isEqualTo(expected);
            assertThat("text:" + record.key()).as(json).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<String> strings() {
        Arbitrary<String> plain =
                Arbitraries.strings().withChars("ab \u00E9\u3042/").ofMaxLength(18);
        Arbitrary<String> escape = Arbitraries.of(
                "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\u00e9", "\\u20AC", "\\u0000", "\\ud83d\\ude00", "\\uD7FF");
        Arbitrary<String> wrong = Arbitraries.of("\\x", "\\u12", "\\u12g4", "\t", "\\", "\"");
        return Arbitraries.frequencyOf(Tuple.of(10, plain), Tuple.of(10, escape), Tuple.of(1, wrong))
                .list()
                .ofMaxSize(14)
                .map(pieces -> '"' + String.join("", pieces) + '"');
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> piece = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"text\"",
                "\"id\"",
                "\"a\"",
                "\"\\u0041\\n\"",
                "\"é€😀\"",
                "\"\\ud83d\\ude00\"",
                "1",
                "-0",
                "0.5",
                "1e5",
                "01",
                "true",
                "false",
                "null",
                " ",
                "\t",
                "\"",
                "\\",
                "{}",
                "[]",
                "[1,2]",
                "{\"b\":[null]}",
                "\"\\q\"",
                "nul",
                "\"12345678\\\"9\"");
        Arbitrary<String> noise = piece.list().ofMaxSize(12).map(list -> String.join("", list));
        Arbitrary<String> member = Arbitraries.of("\"text\"", "\"id\"", "\"a\"", "\"b\"")
                .flatMap(name -> piece.map(value -> name + ":" + value));
        Arbitrary<String> object = member.list().ofMaxSize(4).map(list -> "{" + String.join(",", list) + "}");
        return Arbitraries.oneOf(noise, object);
    }

    private static String jackson(String json) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(100).build())
                .build();
        String found = FIELD_MISSING.name();
        try (JsonParser parser = factory.createParser(json.getBytes(StandardCharsets.UTF_8))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return "invalid";
            }
            if (first != JsonToken.START_OBJECT) {
                parser.skipChildren();
                found = NOT_AN_OBJECT.name();
            } else {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    boolean text = parser.currentName().equals("text");
                    JsonToken value = parser.nextToken();
                    if (text && value == JsonToken.VALUE_STRING) {
                        found = "text:" + parser.getText();
                    } else if (text) {
                        found = value == JsonToken.VALUE_NULL ? FIELD_MISSING.name() : FIELD_NOT_TEXT.name();
                    }
                    if (value == JsonToken.VALUE_STRING) {
                        parser.getText();
                    }
                    parser.skipChildren();
                }
            }
            return parser.nextToken() == null ? found : "invalid";
        } catch (JsonProcessingException e) {
            return "invalid";
        }
    }
}
