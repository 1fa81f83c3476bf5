package corpusmill.tokenizer.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.EngineMismatchException;
import corpusmill.tokenizer.Samples;
import corpusmill.tokenizer.SharedData;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import corpusmill.tokenizer.fast.FastTokenizer;
import corpusmill.tokenizer.reference.ReferenceTokenizer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {

    @Test
    void isPassedByGpt2() {
        assertPassed("gpt2");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {"cl100k_base", "o200k_base", "qwen3", "mistral_nemo", "olmo_dolma2", "roberta_base", "phi3"})
    void isPassedByDefinitionsOfEachFamily(String name) {
        assertPassed(name);
    }

    private static void assertPassed(String name) {
        TokenizerDefinition definition = SharedData.definition(name);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        try (Tokenizer tokenizer = Tokenizers.open(definition, EngineChoice.FAST, SpecialTokens.ORDINARY)) {
            System.out.println(
                    name + ": proven in " + (threads.getCurrentThreadCpuTime() - start) / 1_000_000 + " ms of CPU");
            assertThat(tokenizer.engine()).isEqualTo(Tokenizer.Engine.FAST);
            assertThat(tokenizer.proof())
                    .hasValueSatisfying(digest -> assertThat(digest).matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void looksAtMegabytesThatTheFastEngineEncodesItself() {
        try (FastTokenizer fast = FastTokenizer.open(SharedData.definition("qwen3"), SpecialTokens.ORDINARY)) {
            List<String> texts = ProofTexts.all(fast.definition(), fast::covers);
            assertThat(texts).allMatch(text -> fast.covers(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(texts.stream().mapToLong(String::length).sum()).isBetween(1_000_000L, 4_000_000L);
        }
    }

    @Test
    void findsTheSmallestTextThatDiffers() {
        String fewer = Samples.TINY.replace("\"merges\": [\"a b\", \"Ġ ab\"]", "\"merges\": [\"a b\"]");
        try (FastTokenizer ours = FastTokenizer.open(Samples.definition(fewer), SpecialTokens.CONTROL);
                ReferenceTokenizer theirs = ReferenceTokenizer.open(Samples.tiny(), SpecialTokens.CONTROL)) {
            assertThat(new Comparison(ours.encoder(), theirs.encoder())
                            .difference(ProofTexts.all(Samples.tiny(), ours::covers)))
                    .isEqualTo("' ab' gives [3, 5] instead of [6]");
        }
    }

    @Test
    void namesThePlaceAndNotTheTextOfAUsersDocument() {
        String fewer = Samples.TINY.replace("\"merges\": [\"a b\", \"Ġ ab\"]", "\"merges\": [\"a b\"]");
        try (FastTokenizer ours = FastTokenizer.open(Samples.definition(fewer), SpecialTokens.CONTROL);
                ReferenceTokenizer theirs = ReferenceTokenizer.open(Samples.tiny(), SpecialTokens.CONTROL)) {
            TextProof proof = new TextProof("tiny", ours.encoder(), theirs::encoder);
            proof.require("abc\nab".getBytes(StandardCharsets.UTF_8));
            // "printf ' ab' | sha256sum"
            assertThatThrownBy(() -> proof.require("abc\nab ccc abc".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(EngineMismatchException.class)
                    .hasMessage("Tokenizer 'tiny': the fast engine is not the reference engine's equal: it gives other"
                            + " ids for the 3 bytes from offset 10 of the text on, whose SHA-256 is d4048dbe1574cf5c6fe0055571e79c4750569d086eb1a8a12b2b6d312d404e48."
                            + " Set tokenizer.engine to reference, and report the definition.");
        }
    }

    @Test
    void comparesTheUsersTextsWithTheReferenceEngine() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (FastTokenizer fast = FastTokenizer.open(SharedData.definition("gpt2"), SpecialTokens.ORDINARY)) {
            TextProof proof = TextProof.of(fast).orElseThrow();
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < 128; i++) {
                proof.require(("Zeile " + i + ", ein Wort und \u00e4hnliches. ")
                        .repeat(60)
                        .getBytes(StandardCharsets.UTF_8));
            }
            System.out.println("gpt2: 128 texts compared in " + (threads.getCurrentThreadCpuTime() - start) / 1_000_000
                    + " ms of CPU, the reference engine loaded");
            assertThat(TextProof.of(fast.reference())).isEmpty();
        }
    }

    @Test
    void countsAFailureOfOneEngineAsADifference() {
        TokenEncoder failing = new TokenEncoder() {
            @Override
            public int encode(byte[] utf8, int offset, int length, TokenBuffer out) {
                throw new IllegalStateException("broken");
            }

            @Override
            public long specialOccurrences() {
                return 0;
            }
        };
        try (Tokenizer tiny = FastTokenizer.open(Samples.tiny(), SpecialTokens.CONTROL)) {
            assertThat(new Comparison(failing, tiny.encoder()).difference(List.of("ab")))
                    .isEqualTo("'' gives no ids instead of []");
        }
    }

    @Test
    void opensWithoutAProofWhereTheDigestIsThatOfTheProof() {
        String digest;
        try (Tokenizer tokenizer = Tokenizers.open(Samples.tiny(), EngineChoice.FAST, SpecialTokens.REJECT)) {
            digest = tokenizer.proof().orElseThrow();
        }
        Tokenizers.openProven(Samples.tiny(), SpecialTokens.REJECT, digest).close();
        assertThatThrownBy(() -> Tokenizers.openProven(Samples.tiny(), SpecialTokens.REJECT, "00"))
                .isInstanceOf(EngineMismatchException.class)
                .hasMessageStartingWith("Tokenizer 'sample': the fast engine is not the reference engine's equal: the"
                        + " digest of its ids is " + digest + " in this Java ")
                .hasMessageEndingWith(" instead of 00 where it was proven. Set tokenizer.engine to reference, and"
                        + " report the definition.");
    }

    @Test
    void refusesWhatTheReferenceEngineRefuses() {
        String merged = Samples.TINY.replace("<|endoftext|>", "ab").replace("{\"id\": 7", "{\"id\": 5");
        assertThatThrownBy(() -> Tokenizers.open(Samples.definition(merged), EngineChoice.FAST, SpecialTokens.ORDINARY))
                .hasMessageContaining("tokenizer.special-tokens 'ordinary' cannot be kept");
    }
}
