package corpusmill.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenizersTest {

    @Test
    void encodesAndDecodesWithTheReferenceEngine() {
        try (Tokenizer tokenizer = Tokenizers.open(Samples.tiny(), EngineChoice.AUTO, SpecialTokens.CONTROL)) {
            int[] ids = Samples.encode(tokenizer.encoder(), "ab ab<|endoftext|>ccca");

            assertThat(ids).containsExactly(5, 6, 7, 8, 0);
            assertThat(tokenizer.decode(ids)).isEqualTo("ab ab<|endoftext|>ccca");
            assertThat(tokenizer.engine()).isEqualTo(Tokenizer.Engine.REFERENCE);
            assertThat(tokenizer.definition()).isEqualTo(Samples.tiny());
        }
    }

    @Test
    void refusesTheFastEngineWithThePathAndTheRemedy() {
        assertThatThrownBy(() -> Tokenizers.open(Samples.tiny(), EngineChoice.FAST, SpecialTokens.ORDINARY))
                .isInstanceOf(TokenizerException.class)
                .hasMessage(
                        "Tokenizer 'sample': the fast engine does not cover $.model.vocab (no token for the byte 0x0);"
                                + " set tokenizer.engine to auto or reference.");
    }
}
