package corpusmill.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.fast.FastTokenizer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast engine beside the reference engine on generated strings. */
class EngineParityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt2", "cl100k_base", "o200k_base", "qwen3", "gpt_neox_20b", "mistral_nemo", "falcon", "phi3"})
    void givesTheIdsOfTheReferenceEngine(String name) {
        compare(name, 2_000);
    }

    /** {@code -Dtest.strings=N} for another number a definition; 15 times 700,000 are more than ten million. */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2",
                "p50k_base",
                "cl100k_base",
                "o200k_base",
                "gpt_oss",
                "qwen1",
                "qwen3",
                "mistral_nemo",
                "gpt_neox_20b",
                "olmo_dolma_v1_5",
                "olmo_dolma2",
                "phi2",
                "roberta_base",
                "falcon",
                "phi3"
            })
    void givesTheIdsOfTheReferenceEngineOnMillionsOfStrings(String name) {
        compare(name, Integer.getInteger("test.strings", 700_000));
    }

    private static void compare(String name, int strings) {
        TokenizerDefinition definition = SharedData.definition(name);
        Random random = Seeds.random("EngineParityTest " + name);
        AdversarialStrings generator = new AdversarialStrings(random);
        try (Tokenizer fast = FastTokenizer.open(definition, SpecialTokens.ORDINARY);
                Tokenizer reference = Tokenizers.open(definition, EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            TokenEncoder left = fast.encoder();
            TokenEncoder right = reference.encoder();
            long tokens = 0;
            for (int i = 0; i < strings; i++) {
                String text = generator.next();
                int[] ids = Samples.encode(left, text);
                tokens += ids.length;
                if (!Arrays.equals(ids, Samples.encode(right, text))) {
                    String smallest = smallest(text, left, right);
                    assertThat(Samples.encode(left, smallest))
                            .as("%s: ids of %s, string %d", name, escaped(smallest), i)
                            .isEqualTo(Samples.encode(right, smallest));
                }
            }
            System.out.println(name + ": " + strings + " strings, " + tokens + " ids, 0 differences");
        }
    }

    /** Drops characters as long as the ids still differ. */
    private static String smallest(String text, TokenEncoder left, TokenEncoder right) {
        String current = text;
        for (int at = 0; at < current.length(); ) {
            int width = Character.charCount(current.codePointAt(at));
            String shorter = current.substring(0, at) + current.substring(at + width);
            if (Arrays.equals(Samples.encode(left, shorter), Samples.encode(right, shorter))) {
                at += width;
            } else {
                current = shorter;
                at = 0;
            }
        }
        return current;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c > ' ' && c < 0x7F ? "" + (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }
}
