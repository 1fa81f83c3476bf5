package corpusmill.tokenizer.fast;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.Samples;
import corpusmill.tokenizer.Seeds;
import corpusmill.tokenizer.SharedData;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.Tokenizers;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are one piece to the split pattern: n log n, and the reference engine's ids. */
class LongTextsTest {

    /** Each takes less than a second of CPU time, which it prints; held by counting the work. */
    @ParameterizedTest
    @Timeout(60)
    @ValueSource(
            strings = {
                "gpt2",
                "cl100k_base",
                "o200k_base",
                "qwen3",
                "mistral_nemo",
                "gpt_neox_20b",
                "phi2",
                "falcon",
                "phi3"
            })
    void encodesMegabytesWithoutAPlaceToSplit(String name) {
        try (FastTokenizer tokenizer = FastTokenizer.open(SharedData.definition(name), SpecialTokens.ORDINARY)) {
            List<String> texts = List.of(
                    letters(new Random(1), 3 << 20), " ".repeat(2 << 20), "\n".repeat(2 << 20), "a".repeat(10 << 20));
            for (String text : texts) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                ThreadState state = tokenizer.state();
                long before = state.steps();
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                TokenBuffer ids = new TokenBuffer();
                tokenizer.encoder().encode(utf8, 0, utf8.length, ids);
                long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;
                long steps = state.steps() - before;
                System.out.println(name + ": " + utf8.length + " bytes from U+"
                        + Integer.toHexString(text.charAt(0)) + ": " + ids.size() + " ids, " + steps + " steps, "
                        + millis + " ms of CPU");
                assertThat(ids.size()).isPositive();
                assertThat(steps).isLessThan(4L * utf8.length);
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
