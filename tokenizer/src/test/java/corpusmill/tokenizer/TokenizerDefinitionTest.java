package corpusmill.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerDefinitionTest {

    @Test
    void readsWhatTheFileSays() {
        TokenizerDefinition definition = Samples.tiny();
        assertThat(definition.name()).isEqualTo("sample");
        assertThat(definition.modelType()).isEqualTo(ModelType.BPE);
        assertThat(definition.vocabularySize()).isEqualTo(9);
        assertThat(definition.addedTokens())
                .containsExactly(new AddedToken(7, "<|endoftext|>", true), new AddedToken(8, "ccc", false));
        assertThat(definition.idOf("ccc")).hasValue(8);
        assertThat(definition.idOf("ab")).as("not an added token").isEmpty();
        assertThat(definition.endOfSequence()).hasValue(7);
        assertThat(definition)
                .hasToString("sample (BPE, 9 ids, " + definition.fingerprint().substring(0, 12) + ")");
    }

    @Test
    void fingerprintsTheContentAndNotItsLayout() {
        String other = "{\"padding\":{\"pad_id\":3},\n\t\"truncation\":{\"max_length\":512},"
                + Samples.TINY
                        .replaceFirst("\\{", "")
                        .replace("\"truncation\": null, \"padding\": null,", "")
                        .replace("\"a\": 0, \"b\": 1", "\"b\": 1,   \"a\": 0");
        assertThat(Samples.definition(other).fingerprint())
                .isEqualTo(Samples.tiny().fingerprint())
                .matches("[0-9a-f]{64}");
        assertThat(Samples.definition(other)).isEqualTo(Samples.tiny()).hasSameHashCodeAs(Samples.tiny());
        assertThat(new String(Samples.definition(other).json(), UTF_8))
                .startsWith("{\"added_tokens\":[{\"content\":\"<|endoftext|>\",\"id\":7,")
                .doesNotContain("truncation", "padding");
    }

    @Test
    void fingerprintsEveryChangeOfContent() {
        assertThat(Samples.definition(Samples.TINY
                        .replace("\"a b\"", "\"a c\", \"a b\"")
                        .replace("\"ab\": 5", "\"ab\": 5, \"ac\": 9")))
                .isNotEqualTo(Samples.tiny());
        assertThat(Samples.definition(
                        Samples.TINY.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}")))
                .isNotEqualTo(Samples.tiny());
    }

    /** From Python: SHA-256 of json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=False). */
    @Test
    void theFingerprintIsThatOfSortedJson() {
        assertThat(Samples.tiny().fingerprint())
                .isEqualTo("1eeb22306fe2446cd0ef0488cb9de10b98f28af1f8bae16343fcb3864f16ce88");
    }

    @Test
    void keepsTheDigitsOfScores() {
        TokenizerDefinition unigram = Samples.definition(
                "{\"model\": {\"unk_id\": 0, \"vocab\": [[\"<unk>\", 0.0], [\"a\", -2.0000000000000001e-3], [\"b\", -1]]}}");
        assertThat(unigram.modelType()).isEqualTo(ModelType.UNIGRAM);
        assertThat(new String(unigram.json(), UTF_8))
                .contains("[\"<unk>\",0.0]", "-0.0020000000000000001", "[\"b\",-1]");
    }

    @Test
    void isRebuiltFromItsBytesAndBySerialisation() throws Exception {
        TokenizerDefinition definition =
                TokenizerDefinition.read("n", Samples.TINY.getBytes(UTF_8), "{\"eos_token\": \"ccc\"}".getBytes(UTF_8));
        assertThat(TokenizerDefinition.read(definition.name(), definition.json(), definition.config()))
                .isEqualTo(definition);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(definition);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TokenizerDefinition copy = (TokenizerDefinition) in.readObject();
            assertThat(copy).isEqualTo(definition);
            assertThat(copy.endOfSequence()).hasValue(8);
            assertThat(copy.addedTokens()).isEqualTo(definition.addedTokens());
        }
    }

    @Test
    void givesCopiesOfItsBytes() {
        TokenizerDefinition definition = Samples.tiny();
        definition.json()[0] = 'x';
        assertThat(definition.json()[0]).isEqualTo((byte) '{');
    }

    @Test
    void takesTheEndOfSequenceFromTheConfiguration() {
        assertThat(withConfig("{\"eos_token\": \"ccc\"}").endOfSequence()).hasValue(8);
        assertThat(withConfig("{\"eos_token\": {\"content\": \"ccc\"}, \"x\": 1}")
                        .endOfSequence())
                .hasValue(8);
        assertThat(withConfig("{\"eos_token\": null}").endOfSequence()).hasValue(7);
        assertThat(withConfig("{\"eos_token\": \"<none>\"}").endOfSequence()).isEmpty();
    }

    @Test
    void resolvesWhatToAppend() {
        assertThat(Samples.tiny().resolveAppend("none")).isEmpty();
        assertThat(Samples.tiny().resolveAppend("eos")).containsExactly(7);
        assertThat(Samples.tiny().resolveAppend("ccc")).containsExactly(8);
        assertThatThrownBy(() -> Samples.tiny().resolveAppend("</s>"))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("Tokenizer 'sample' has no added token '</s>'; its special tokens are <|endoftext|>:"
                        + " name one of them, or use 'none'.");
        assertThatThrownBy(() -> Samples.definition(Samples.TINY.replace("<|endoftext|>", "<|stop|>"))
                        .resolveAppend("eos"))
                .hasMessage("Tokenizer 'sample' has no known end-of-sequence token; its special tokens are <|stop|>:"
                        + " name one of them, or use 'none'.");
    }

    @Test
    void namesADefinitionByItsFolderOrFile(@TempDir Path folder) throws IOException {
        Path json = Files.createDirectory(folder.resolve("mine")).resolve("tokenizer.json");
        Files.writeString(json, Samples.TINY);
        Files.writeString(json.resolveSibling("tokenizer_config.json"), "{\"eos_token\": \"ccc\"}");
        Files.writeString(json.resolveSibling("other.v1.json"), Samples.TINY);
        assertThat(TokenizerDefinition.read(json).name()).isEqualTo("mine");
        assertThat(TokenizerDefinition.read(json).endOfSequence()).hasValue(8);
        assertThat(TokenizerDefinition.read(json.resolveSibling("other.v1.json"))
                        .name())
                .isEqualTo("other.v1");
        assertThat(TokenizerDefinition.read(json.resolveSibling("other.v1.json"))
                        .endOfSequence())
                .as("tokenizer_config.json belongs to tokenizer.json")
                .hasValue(7);
        assertThatThrownBy(() -> TokenizerDefinition.read(folder.resolve("absent.json")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("absent.json cannot be read")
                .hasMessageContaining("there is no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, 50257, 50256", "cl100k_base, 100277, 100257", "o200k_base, 200019, 199999", "phi3, 32011, 32000",
        "t5_small, 32100, 1", "bert_base_uncased, 30522, 102", "qwen3, 151669, 151645", "gpt_neox_20b, 50277, 0"
    })
    void knowsSizeAndEndOfPublishedDefinitions(String name, int size, int end) {
        TokenizerDefinition definition = SharedData.definition(name);
        assertThat(definition.vocabularySize()).isEqualTo(size);
        assertThat(definition.endOfSequence()).hasValue(end);
        assertThat(TokenizerDefinition.read(name, definition.json(), definition.config()))
                .isEqualTo(definition);
    }

    private static TokenizerDefinition withConfig(String config) {
        return TokenizerDefinition.read("sample", Samples.TINY.getBytes(UTF_8), config.getBytes(UTF_8));
    }
}
