package corpusmill.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenizersTest {

    @Test
    void encodesAndDecodesWithTheFastEngine() {
        try (Tokenizer tokenizer = Tokenizers.open(Samples.tiny(), EngineChoice.FAST, SpecialTokens.CONTROL)) {
            int[] ids = Samples.encode(tokenizer.encoder(), "ab ab<|endoftext|>ccca");

            assertThat(ids).containsExactly(5, 6, 7, 8, 0);
            assertThat(tokenizer.decode(ids)).isEqualTo("ab ab<|endoftext|>ccca");
            assertThat(tokenizer.engine()).isEqualTo(Tokenizer.Engine.FAST);
            assertThat(tokenizer.definition()).isEqualTo(Samples.tiny());
        }
    }

    @Test
    void refusesTheFastEngineWithThePathAndTheRemedy() {
        TokenizerDefinition lowered = Samples.definition(
                Samples.TINY.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}"));
        assertThatThrownBy(() -> Tokenizers.open(lowered, EngineChoice.FAST, SpecialTokens.ORDINARY))
                .isInstanceOf(FeatureNotCoveredException.class)
                .hasMessage("Tokenizer 'sample': the fast engine does not cover $.normalizer.type (\"Lowercase\");"
                        + " set tokenizer.engine to auto or reference.");
        try (Tokenizer tokenizer = Tokenizers.open(lowered, EngineChoice.AUTO, SpecialTokens.ORDINARY)) {
            assertThat(tokenizer.engine()).isEqualTo(Tokenizer.Engine.REFERENCE);
            assertThat(tokenizer.whyNotFast()).hasValue("it does not cover $.normalizer.type (\"Lowercase\")");
        }
        try (Tokenizer tokenizer = Tokenizers.open(lowered, EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            assertThat(tokenizer.whyNotFast()).isEmpty();
        }
    }

    @Test
    void takesTheFastEngineWhereItMayRun() {
        try (Tokenizer tokenizer = Tokenizers.open(Samples.tiny(), EngineChoice.AUTO, SpecialTokens.CONTROL)) {
            assertThat(tokenizer.engine()).isEqualTo(Tokenizer.Engine.FAST);
            assertThat(tokenizer.proof()).isPresent();
            assertThat(tokenizer.whyNotFast()).isEmpty();
        }
    }
}
