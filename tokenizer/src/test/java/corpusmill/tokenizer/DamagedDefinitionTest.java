package corpusmill.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedDefinitionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "\"model\"@\"modell\"@$.model must be an object but is missing; use a complete tokenizer.json.",
                "\"BPE\"@\"Markov\"@$.model.type is 'Markov'; supported are BPE, WordPiece, WordLevel and Unigram.",
                "\"vocab\"@\"vocabulary\"@$.model.vocab must be an object but is missing; fetch the file again.",
                "\"b\": 1@\"b\": \"1\"@$.model.vocab['b'] must be an integer in [0, 1073741824) but is \"1\"; fetch the file again.",
                "\"b\": 1@\"b\": 1.5@$.model.vocab['b'] must be an integer in [0, 1073741824) but is 1.5; fetch the file again.",
                "\"b\": 1@\"b\": -1@$.model.vocab['b'] must be an integer in [0, 1073741824) but is -1; fetch the file again.",
                "\"b\": 1@\"b\": 0@$.model.vocab['b'] has id 0, which is the id of 'a' too; ids are unique.",
                "\"b\": 1@\"b\": 7@$.added_tokens[0].id has id 7, which is the id of 'b' too; ids are unique.",
                "\"id\": 8@\"id\": 7@$.added_tokens[1].id has id 7, which is the id of '<|endoftext|>' too; ids are unique.",
                "\"ccc\"@\"ab\"@$.added_tokens[1].id is 8, but 'ab' has id 5 already; a token has one id.",
                "\"ccc\"@\"\"@$.added_tokens[1].content must be a text that is not empty; fetch the file again.",
                "\"id\": 8@\"id\": null@$.added_tokens[1].id must be an integer in [0, 1073741824) but is null; fetch the file again.",
                "\"merges\"@\"mergers\"@$.model.merges must be an array but is missing; fetch the file again.",
                "\"a b\"@\"a\"@$.model.merges[0] is not a pair of tokens; fetch the file again.",
                "\"a b\"@\"a d\"@$.model.merges[0] needs the token 'd', which is not in $.model.vocab; the file was altered"
                        + " after training (often blanks that an editor changed); fetch it again.",
                "\"a b\"@\"b a\"@$.model.merges[0] needs the token 'ba', which is not in $.model.vocab; the file was altered"
                        + " after training (often blanks that an editor changed); fetch it again.",
            })
    void namesThePathOfTheDamage(String sound, String damaged, String message) {
        assertThat(Samples.TINY).contains(sound);
        assertThatThrownBy(() -> Samples.definition(Samples.TINY.replace(sound, damaged)))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("Tokenizer 'sample': " + message);
    }

    @Test
    void namesTheLineWhereAFileIsCutShort() {
        String cut = Samples.TINY.substring(0, Samples.TINY.indexOf("\"b\": 1"));
        assertThatThrownBy(() -> Samples.definition(cut))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("Tokenizer 'sample' is not valid JSON at line ")
                .hasMessageEndingWith(". The file is damaged or cut short (" + cut.getBytes(UTF_8).length
                        + " bytes); fetch it again.");
    }

    @Test
    void refusesEveryTruncationOfAFile() {
        for (int length = 0; length < Samples.TINY.strip().length(); length += 7) {
            String cut = Samples.TINY.substring(0, length);
            assertThatThrownBy(() -> Samples.definition(cut)).isInstanceOf(TokenizerException.class);
        }
    }

    @Test
    void refusesWhatIsNotAnObjectOrHasKeysTwice() {
        assertThatThrownBy(() -> Samples.definition("[]")).hasMessageContaining("$ must be a JSON object but is ARRAY");
        assertThatThrownBy(() -> Samples.definition("")).hasMessageContaining("$ must be a JSON object but is empty");
        assertThatThrownBy(() -> Samples.definition(Samples.TINY.replace("\"b\": 1", "\"a\": 1")))
                .hasMessageContaining("is not valid JSON")
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> TokenizerDefinition.read("n", Samples.TINY.getBytes(UTF_8), "{".getBytes(UTF_8)))
                .hasMessageStartingWith("tokenizer_config.json of tokenizer 'n' is not valid JSON");
    }

    @Test
    void namesThePieceOfAUnigramThatIsNone() {
        assertThatThrownBy(() ->
                        Samples.definition("{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", -1], [\"b\"]]}}"))
                .hasMessage(
                        "Tokenizer 'sample': $.model.vocab[1] must be [text, score] but is [\"b\"]; fetch it again.");
    }

    @Test
    void passesOnWhatTheEngineRefuses() {
        TokenizerDefinition unknown = Samples.definition(
                Samples.TINY.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Spells\"}"));
        assertThatThrownBy(() -> Tokenizers.open(unknown, EngineChoice.AUTO, SpecialTokens.CONTROL))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("Tokenizer 'sample': the reference engine refuses the definition: ")
                .hasMessageEndingWith(". Check the file against its source.");
    }
}
