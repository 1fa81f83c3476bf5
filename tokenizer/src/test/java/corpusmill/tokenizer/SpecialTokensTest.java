package corpusmill.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class SpecialTokensTest {
    /** One of each kind: normalised specials, byte fallback, plain tokens that move up, WordPiece, Unigram. */
    private static final List<String> FAMILIES =
            List.of("bert_base_uncased", "clip", "gpt_neox_20b", "phi2", "phi3", "qwen3", "roberta_base", "t5_small");

    static Stream<String> families() {
        return SharedData.encoded("hf").stream().filter(FAMILIES::contains);
    }

    static Stream<String> others() {
        return SharedData.encoded("hf").stream().filter(name -> !FAMILIES.contains(name));
    }

    @ParameterizedTest
    @MethodSource("families")
    void keepsEveryPolicyForEverySpecialToken(String name) {
        TokenizerDefinition definition = SharedData.definition(name);
        assertOrdinary(definition);
        assertRejected(definition);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("others")
    void keepsEveryPolicyForEverySpecialTokenOfTheOtherDefinitions(String name) {
        keepsEveryPolicyForEverySpecialToken(name);
    }

    private static void assertOrdinary(TokenizerDefinition definition) {
        List<AddedToken> special =
                definition.addedTokens().stream().filter(AddedToken::special).toList();
        String unknown = unknownToken(definition);
        try (Tokenizer tokenizer = Samples.open(definition, SpecialTokens.ORDINARY)) {
            TokenEncoder encoder = tokenizer.encoder();
            for (AddedToken token : special) {
                int[] ids = Samples.encode(encoder, "x " + token.content() + " y " + token.content());
                if (!token.content().equals(unknown)) {
                    assertThat(ids).as(token.content()).doesNotContain(token.id());
                }
                assertThat(tokenizer.decode(new int[] {token.id()}))
                        .contains(token.content().strip());
            }
            assertThat(encoder.specialOccurrences()).isEqualTo(2L * special.size());
            for (AddedToken token : definition.addedTokens()) {
                if (!token.special()) {
                    assertThat(Samples.encode(encoder, token.content())).containsExactly(token.id());
                }
            }
        }
    }

    private static void assertRejected(TokenizerDefinition definition) {
        try (Tokenizer tokenizer = Samples.open(definition, SpecialTokens.REJECT)) {
            TokenEncoder encoder = tokenizer.encoder();
            definition.addedTokens().stream()
                    .filter(AddedToken::special)
                    .forEach(token -> assertThatThrownBy(() -> Samples.encode(encoder, "x " + token.content()))
                            .isInstanceOfSatisfying(
                                    SpecialTokenInTextException.class,
                                    e -> assertThat(e.token()).isEqualTo(token.content())));
            assertThat(Samples.encode(encoder, "plain text")).isNotEmpty();
        }
    }

    /** The model gives it to what it does not know, whatever the policy. */
    private static String unknownToken(TokenizerDefinition definition) {
        JsonNode model = definition.tree().get("model");
        return model.has("unk_id")
                ? model.get("vocab").get(model.get("unk_id").intValue()).get(0).textValue()
                : model.path("unk_token").asText("");
    }

    @Test
    void rejectsASpellingThatOnlyTheNormaliserMakesSpecial() {
        TokenizerDefinition lowered = Samples.definition(Samples.TINY
                .replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}")
                .replaceFirst("\"normalized\": false", "\"normalized\": true"));
        try (Tokenizer control = Tokenizers.open(lowered, EngineChoice.REFERENCE, SpecialTokens.CONTROL);
                Tokenizer reject = Tokenizers.open(lowered, EngineChoice.REFERENCE, SpecialTokens.REJECT)) {
            assertThat(Samples.encode(control.encoder(), "a<|EndOfText|>")).containsExactly(0, 7);
            TokenBuffer out = new TokenBuffer();
            out.add(99);
            byte[] text = "ab<|EndOfText|>".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> reject.encoder().encode(text, 0, text.length, out))
                    .isInstanceOf(SpecialTokenInTextException.class)
                    .hasMessage("the text holds the special token '<|endoftext|>', and tokenizer.special-tokens is"
                            + " 'reject'; use 'ordinary' to take it as text");
            assertThat(out.toArray()).as("the buffer is as before").containsExactly(99);
        }
    }

    @Test
    void countsLongestOccurrencesWithoutOverlaps() {
        TokenizerDefinition nested = Samples.definition(Samples.TINY.replace(
                "{\"id\": 8, \"content\": \"ccc\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false,\n"
                        + "    \"normalized\": false, \"special\": false}",
                "{\"id\": 8, \"content\": \"<|endoftext|><|endoftext|>\", \"special\": true, \"single_word\": false,"
                        + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false}"));
        assertThat(nested.addedTokens()).hasSize(2).allMatch(AddedToken::special);
        try (Tokenizer tokenizer = Tokenizers.open(nested, EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            TokenEncoder encoder = tokenizer.encoder();
            Samples.encode(encoder, "<|endoftext|><|endoftext|><|endoftext|>a<|endoftext");
            assertThat(encoder.specialOccurrences()).isEqualTo(2);
        }
    }

    @Test
    void keepsTheIdsOfPlainAddedTokensThatTheEngineWouldMoveUp() {
        try (Tokenizer tokenizer = Tokenizers.open(Samples.tiny(), EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            assertThat(Samples.encode(tokenizer.encoder(), "acccb")).containsExactly(0, 8, 1);
            assertThat(tokenizer.decode(new int[] {0, 8, 7})).isEqualTo("accc<|endoftext|>");
        }
    }

    @Test
    void refusesOrdinaryWhereAMergeMakesASpecialToken() {
        TokenizerDefinition merged = Samples.definition(Samples.TINY
                .replace("{\"id\": 7, \"content\": \"<|endoftext|>\"", "{\"id\": 5, \"content\": \"ab\"")
                .replace("\"id\": 8", "\"id\": 7"));
        assertThatThrownBy(() -> Tokenizers.open(merged, EngineChoice.REFERENCE, SpecialTokens.ORDINARY))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("Tokenizer 'sample': tokenizer.special-tokens 'ordinary' cannot be kept: at"
                        + " $.model.merges[0] the special token 'ab' is the product of a merge, so text that spells it"
                        + " can become it. Set tokenizer.special-tokens to control or reject.");
    }

    @Test
    void refusesOrdinaryWhereASpecialTokenIsASymbol() {
        TokenizerDefinition symbol = Samples.definition(Samples.TINY
                .replace("{\"id\": 7, \"content\": \"<|endoftext|>\"", "{\"id\": 2, \"content\": \"c\"")
                .replace("\"id\": 8", "\"id\": 7"));
        assertThatThrownBy(() -> Tokenizers.open(symbol, EngineChoice.REFERENCE, SpecialTokens.ORDINARY))
                .hasMessageContaining("the special token 'c' is a single symbol of its model");
    }

    @Test
    void takesAWholePreTokenThatSpellsASpecialTokenApart() {
        String ignoring = Samples.TINY
                .replace("\"byte_fallback\": false", "\"byte_fallback\": false, \"ignore_merges\": true")
                .replace("\"Ġab\": 6", "\"Ġab\": 6, \"cab\": 7")
                .replace("\"content\": \"<|endoftext|>\"", "\"content\": \"cab\"");
        try (Tokenizer tokenizer =
                Tokenizers.open(Samples.definition(ignoring), EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            assertThat(Samples.encode(tokenizer.encoder(), "cab")).containsExactly(2, 5);
        }
    }

    @Test
    void refusesAFileWhoseIdsTheEngineDoesNotFollow() {
        TokenizerDefinition gap = Samples.definition(Samples.TINY.replace("\"id\": 8", "\"id\": 30"));
        assertThat(gap.vocabularySize()).isEqualTo(31);
        assertThatThrownBy(() -> Tokenizers.open(gap, EngineChoice.REFERENCE, SpecialTokens.CONTROL))
                .hasMessage(
                        "Tokenizer 'sample': $.added_tokens[1].id is 30, but the reference engine numbers 'ccc' 8: it"
                                + " counts on from the vocabulary. Order the added tokens by id, without gaps.");
    }

    @Test
    void namesTheUnknownTokenOfWordPieceSoThatNoWordSpellsIt() {
        String file = wordFile("\"type\": \"WordPiece\", \"unk_token\": \"[U]\", \"continuing_subword_prefix\": \"##\","
                + " \"max_input_chars_per_word\": 20, \"vocab\": {\"[U]\": 0, \"[E]\": 1, \"[\": 2, \"##U\": 3,"
                + " \"##]\": 4, \"##E\": 5, \"a\": 6}");
        assertThat(encode(file, SpecialTokens.CONTROL, "[U] [E] z")).containsExactly(0, 1, 0);
        assertThat(encode(file, SpecialTokens.ORDINARY, "[U] [E] z")).containsExactly(2, 3, 4, 2, 5, 4, 0);
    }

    @Test
    void takesASpecialTokenOfWordLevelAsAnUnknownWord() {
        String file = wordFile(
                "\"type\": \"WordLevel\", \"unk_token\": \"[U]\"," + " \"vocab\": {\"[U]\": 0, \"[E]\": 1, \"a\": 2}");
        assertThat(encode(file, SpecialTokens.CONTROL, "[U] [E] a")).containsExactly(0, 1, 2);
        assertThat(encode(file, SpecialTokens.ORDINARY, "[U] [E] a")).containsExactly(0, 0, 2);
    }

    @Test
    void needsAPreTokenizerThatTakesBlanksAwayToCloseAUnigram() {
        String file =
                wordFile("\"type\": \"Unigram\", \"unk_id\": 0, \"vocab\": [[\"[U]\", 0], [\"[E]\", 0], [\"[\", -1],"
                        + " [\"E\", -2], [\"]\", -1]]");
        assertThat(encode(file, SpecialTokens.CONTROL, "[E] [E")).containsExactly(1, 2, 3);
        assertThat(encode(file, SpecialTokens.ORDINARY, "[E] [E")).containsExactly(2, 3, 4, 2, 3);
        assertThatThrownBy(() ->
                        encode(file.replace("{\"type\": \"WhitespaceSplit\"}", "null"), SpecialTokens.ORDINARY, "a"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("at $.pre_tokenizer the special token '[")
                .hasMessageContaining("can be reached by its Unigram model");
    }

    private static int[] encode(String file, SpecialTokens policy, String text) {
        try (Tokenizer tokenizer = Tokenizers.open(Samples.definition(file), EngineChoice.REFERENCE, policy)) {
            return Samples.encode(tokenizer.encoder(), text);
        }
    }

    /** Words between blanks; special tokens [U] with id 0 and [E] with id 1. */
    private static String wordFile(String model) {
        String token = "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false,"
                + " \"normalized\": false, \"special\": true}";
        return "{\"version\": \"1.0\", \"added_tokens\": [" + String.format(token, 0, "[U]") + ", "
                + String.format(token, 1, "[E]") + "], \"normalizer\": null, \"pre_tokenizer\": {\"type\":"
                + " \"WhitespaceSplit\"}, \"post_processor\": null, \"decoder\": null, \"model\": {" + model + "}}";
    }
}
