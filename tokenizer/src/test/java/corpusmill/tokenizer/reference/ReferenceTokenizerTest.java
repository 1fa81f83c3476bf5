package corpusmill.tokenizer.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import corpusmill.tokenizer.Samples;
import corpusmill.tokenizer.SharedData;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTokenizerTest {
    /** A file that asks for truncation to 4 ids, padding to 16, and a token before and after every text. */
    private static final String FRAMING = Samples.TINY
            .replace(
                    "\"truncation\": null",
                    "\"truncation\": {\"direction\": \"Right\", \"max_length\": 4, \"strategy\": \"LongestFirst\","
                            + " \"stride\": 0}")
            .replace(
                    "\"padding\": null",
                    "\"padding\": {\"strategy\": {\"Fixed\": 16}, \"direction\": \"Right\","
                            + " \"pad_to_multiple_of\": null, \"pad_id\": 0, \"pad_type_id\": 0, \"pad_token\": \"a\"}")
            .replace(
                    "\"post_processor\": null",
                    "\"post_processor\": {\"type\": \"BertProcessing\", \"sep\": [\"<|endoftext|>\", 7],"
                            + " \"cls\": [\"<|endoftext|>\", 7]}");

    @Test
    void neverTruncatesPadsOrFrames() {
        try (Tokenizer tokenizer = open(FRAMING)) {
            assertThat(Samples.encode(tokenizer.encoder(), "ab")).containsExactly(5);
            assertThat(Samples.encode(tokenizer.encoder(), "")).isEmpty();
            assertThat(Samples.encode(tokenizer.encoder(), " ab".repeat(700)))
                    .hasSize(700)
                    .containsOnly(6);
        }
    }

    @Test
    void encodesEveryTokenOfATwoMegabyteDocument() {
        int lines = 250_000;
        byte[] document = "ab ab c\n".repeat(lines).getBytes(UTF_8);
        try (Tokenizer tokenizer = open(FRAMING)) {
            TokenBuffer out = new TokenBuffer();
            assertThat(tokenizer.encoder().encode(document, 0, document.length, out))
                    .isEqualTo(5 * lines);
            for (int i = 0; i < out.size(); i += 5) {
                assertThat(new int[] {out.get(i), out.get(i + 1), out.get(i + 2), out.get(i + 3), out.get(i + 4)})
                        .containsExactly(5, 6, 3, 2, 4);
            }
        }
    }

    @Test
    void appendsToTheBufferAndReadsOnlyItsSlice() {
        try (Tokenizer tokenizer = open(Samples.TINY)) {
            TokenBuffer out = new TokenBuffer();
            out.add(42);
            assertThat(tokenizer.encoder().encode("\u00e9ab\u00e9".getBytes(UTF_8), 2, 2, out))
                    .isEqualTo(1);
            assertThat(out.toArray()).containsExactly(42, 5);
            assertThatThrownBy(() -> tokenizer.encoder().encode(new byte[3], 2, 2, out))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "61 80, 1, 0x80",
        "61 ff 62, 1, 0xff",
        "c0 80, 0, 0xc0",
        "e0 80 80, 0, 0xe0",
        "ed a0 80, 0, 0xed",
        "61 ed b0 80, 1, 0xed",
        "ed a0 bd ed b8 80, 0, 0xed",
        "f4 90 80 80, 0, 0xf4",
        "61 62 e2 82, 2, 0xe2",
        "f0 9f 98, 0, 0xf0"
    })
    void refusesBytesThatAreNotUtf8AndSaysWhere(String hex, int place, String value) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        try (Tokenizer tokenizer = open(Samples.TINY)) {
            TokenBuffer out = new TokenBuffer();
            assertThatThrownBy(() -> tokenizer.encoder().encode(bytes, 0, bytes.length, out))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessage("The text is not valid UTF-8: byte " + place + " of " + bytes.length + " (" + value
                            + ") does not start a whole character. Replace or reject such text when it is ingested.");
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void encodesNulNoncharactersAndAstralCharacters() {
        String text = "a\0b\ufffd\uffff\ud83d\ude00 \udbff\udfff";
        try (Tokenizer tokenizer = ReferenceTokenizer.open(SharedData.definition("gpt2"), SpecialTokens.CONTROL)) {
            assertThat(tokenizer.decode(Samples.encode(tokenizer.encoder(), text)))
                    .isEqualTo(text);
        }
    }

    @Test
    void refusesIdsOutsideTheVocabulary() {
        try (Tokenizer tokenizer = open(Samples.TINY)) {
            assertThatThrownBy(() -> tokenizer.decode(new int[] {0, 9}))
                    .hasMessage("Id 9 at 1 is not in [0, 9) of tokenizer 'sample'.");
            assertThatThrownBy(() -> tokenizer.decode(new int[] {-1})).isInstanceOf(TokenizerException.class);
        }
    }

    @Test
    void givesTheIdsOfDjlsOwnClass() throws Exception {
        TokenizerDefinition definition = SharedData.definition("gpt2");
        NativeLibrary.get();
        Map<String, String> options = Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");
        try (Tokenizer ours = ReferenceTokenizer.open(definition, SpecialTokens.CONTROL);
                HuggingFaceTokenizer theirs =
                        HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(definition.json()), options)) {
            for (String text : texts()) {
                long[] wanted = theirs.encode(text).getIds();
                assertThat(Arrays.stream(Samples.encode(ours.encoder(), text)).asLongStream())
                        .containsExactly(Arrays.stream(wanted).boxed().toArray(Long[]::new));
            }
        }
    }

    @Test
    void oneInstanceServesFourThreads() throws Exception {
        List<String> texts = texts();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Tokenizer tokenizer = ReferenceTokenizer.open(SharedData.definition("gpt2"), SpecialTokens.ORDINARY)) {
            List<int[]> wanted = encodeAll(tokenizer.encoder(), texts);
            List<Future<List<int[]>>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(threads.submit(() -> encodeAll(tokenizer.encoder(), texts)));
            }
            for (Future<List<int[]>> run : runs) {
                assertThat(run.get().toArray(int[][]::new)).isDeepEqualTo(wanted.toArray(int[][]::new));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anEncoderKeepsItsTokenizerAlive() {
        for (int i = 0; i < 20; i++) {
            TokenEncoder encoder = open(Samples.TINY).encoder();
            System.gc();
            assertThat(Samples.encode(encoder, "ab ab")).containsExactly(5, 6);
        }
    }

    @Test
    void closingDuringCallsNeverFreesMemoryUnderThem() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 20; round++) {
                Tokenizer tokenizer = open(Samples.TINY);
                CountDownLatch started = new CountDownLatch(3);
                List<Future<?>> runs = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    runs.add(threads.submit(() -> encodeUntilClosed(tokenizer.encoder(), started)));
                }
                started.await();
                tokenizer.close();
                for (Future<?> run : runs) {
                    run.get();
                }
                tokenizer.close();
                assertThatThrownBy(() -> tokenizer.decode(new int[] {0}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the tokenizer is closed");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void encodeUntilClosed(TokenEncoder encoder, CountDownLatch started) {
        for (int i = 0; i < 1_000_000; i++) {
            try {
                assertThat(Samples.encode(encoder, "ab ab")).containsExactly(5, 6);
                started.countDown();
            } catch (IllegalStateException closed) {
                started.countDown();
                return;
            }
        }
    }

    private static Tokenizer open(String json) {
        return ReferenceTokenizer.open(Samples.definition(json), SpecialTokens.CONTROL);
    }

    private static List<int[]> encodeAll(TokenEncoder encoder, List<String> texts) {
        return texts.stream().map(text -> Samples.encode(encoder, text)).toList();
    }

    private static List<String> texts() {
        return SharedData.lines("cases.jsonl.gz").stream()
                .map(line -> line.get("text").textValue())
                .filter(text -> text.length() < 3000)
                .toList();
    }
}
