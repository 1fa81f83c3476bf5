package corpusmill.tokenizer.fast;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.Samples;
import corpusmill.tokenizer.Seeds;
import corpusmill.tokenizer.SharedData;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.Tokenizers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are one piece to the split pattern: n log n, and the reference engine's ids. */
class LongTextsTest {

    @Test
    @Timeout(60)
    void encodesMegabytesWithoutAPlaceToSplit() {
        try (Tokenizer tokenizer = FastTokenizer.open(SharedData.definition("gpt2"), SpecialTokens.ORDINARY)) {
            String[] texts = {letters(new Random(1), 3 << 20), " ".repeat(2 << 20), "a".repeat(10 << 20)};
            for (String text : texts) {
                long start = System.nanoTime();
                int[] ids = Samples.encode(tokenizer.encoder(), text);
                System.out.println(text.length() + " bytes from '" + text.substring(0, 3) + "': " + ids.length
                        + " ids, " + (System.nanoTime() - start) / 1_000_000 + " ms");
                assertThat(ids).hasSizeLessThanOrEqualTo(text.length());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "cl100k_base", "mistral_nemo", "phi3"})
    void givesTheReferenceEnginesIdsForLongPieces(String name) {
        Random random = Seeds.random("LongTextsTest");
        try (Tokenizer fast = FastTokenizer.open(SharedData.definition(name), SpecialTokens.ORDINARY);
                Tokenizer reference =
                        Tokenizers.open(SharedData.definition(name), EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            for (int length : new int[] {47, 48, 49, 50, 97, 1_000, 200_000}) {
                String text = letters(random, length);
                String few = "ab".repeat(length / 4) + "a".repeat(length) + "=".repeat(length);
                assertThat(Samples.encode(fast.encoder(), text)).isEqualTo(Samples.encode(reference.encoder(), text));
                assertThat(Samples.encode(fast.encoder(), few)).isEqualTo(Samples.encode(reference.encoder(), few));
            }
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
