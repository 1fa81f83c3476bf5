package corpusmill.tokenizer.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.tokenizer.Samples;
import corpusmill.tokenizer.Seeds;
import corpusmill.tokenizer.SharedData;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class SafeCutTest {
    private static final String[] FRAGMENTS = {
        "a",
        "B",
        "the",
        " the",
        " A",
        "'s",
        "'S",
        "\u2019s",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "1",
        " 23",
        "...",
        " -",
        "\u00e9",
        "e\u0301",
        "\u0301",
        "\u6f22\u5b57",
        "\ud83d\ude00",
        "<|endoftext|>",
        "</s>",
        "_",
        "\u017f",
        "\ud55c",
        "|||EMAIL_ADDRESS|||",
        "<mask>",
        "x y z "
    };

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "cl100k_base", "olmo_dolma2", "gpt_neox_20b", "qwen3", "o200k_base"})
    void piecesGiveTheIdsOfTheWhole(String name) {
        TokenizerDefinition definition = SharedData.definition(name);
        assertThat(SafeCut.allows(definition.modelType(), definition.tree())).isTrue();
        Random random = Seeds.random(name);
        try (Tokenizer whole = ReferenceTokenizer.open(definition, SpecialTokens.CONTROL, Integer.MAX_VALUE);
                Tokenizer pieces = ReferenceTokenizer.open(definition, SpecialTokens.CONTROL, 1)) {
            for (int i = 0; i < 200; i++) {
                String text = randomText(random, 40);
                assertThat(Samples.encode(pieces.encoder(), text))
                        .as(text)
                        .isEqualTo(Samples.encode(whole.encoder(), text));
            }
            SharedData.lines("cases.jsonl.gz").stream()
                    .map(line -> line.get("text").textValue())
                    .filter(text -> text.length() > 400 && text.length() < 4000)
                    .limit(60)
                    .forEach(text -> assertThat(Samples.encode(pieces.encoder(), text))
                            .as(text)
                            .isEqualTo(Samples.encode(whole.encoder(), text)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"falcon", "phi3", "clip", "bert_base_uncased", "t5_small", "mistral_nemo"})
    void otherDefinitionsAreEncodedWhole(String name) {
        TokenizerDefinition definition = SharedData.definition(name);
        assertThat(SafeCut.allows(definition.modelType(), definition.tree())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "\"single_word\": false,\"single_word\": true",
        "\"rstrip\": false,\"rstrip\": true",
        "\"content\": \"ccc\",\"content\": \"c c\"",
        "\"normalizer\": null,\"normalizer\": {\"type\": \"Lowercase\"}",
        "\"dropout\": null,\"dropout\": 0.1",
        "\"use_regex\": true},\"use_regex\": false}"
    })
    void everyFeatureOutsideTheProofForbidsCuts(String allowed, String forbidden) {
        TokenizerDefinition tiny = Samples.tiny();
        assertThat(SafeCut.allows(tiny.modelType(), tiny.tree())).isTrue();
        assertThat(Samples.TINY).contains(allowed);
        TokenizerDefinition other = Samples.definition(Samples.TINY.replace(allowed, forbidden));
        assertThat(SafeCut.allows(other.modelType(), other.tree())).isFalse();
    }

    @Test
    void cutsBeforeABlankBetweenAsciiLettersOnly() {
        byte[] text = "a. b 1 c\u00e9 d  e f".getBytes(UTF_8);
        int cut = SafeCut.next(text, 0, text.length);
        assertThat(new String(text, cut, text.length - cut, UTF_8)).isEqualTo(" f");
        assertThat(SafeCut.next(text, cut + 1, text.length)).isEqualTo(text.length);
        assertThat(SafeCut.next("a ".getBytes(UTF_8), 0, 2))
                .as("nothing follows")
                .isEqualTo(2);
    }

    @Test
    void refusesATextTooLongForOneCallBeforeDecodingIt() {
        byte[] text = "a".repeat(ReferenceModel.LONGEST_PIECE + 1).getBytes(UTF_8);
        try (Tokenizer tokenizer = ReferenceTokenizer.open(Samples.tiny(), SpecialTokens.CONTROL)) {
            var out = new corpusmill.tokenizer.TokenBuffer();
            assertThatThrownBy(() -> tokenizer.encoder().encode(text, 0, text.length, out))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessage(
                            "The text holds 16777217 bytes that must be encoded at once, and the reference engine takes"
                                    + " at most 16777216: it needs about 200 times as much memory. Lower ingest.max-document.");
            assertThat(out.size()).isZero();
        }
    }

    private static String randomText(Random random, int fragments) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(fragments); i >= 0; i--) {
            text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        }
        return text.toString();
    }
}
