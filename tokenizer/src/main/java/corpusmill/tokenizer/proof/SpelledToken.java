package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.fast.ByteSpelling;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text that a token of a vocabulary stands for. */
final class SpelledToken {
    private SpelledToken() {}

    /** The text, or null if the token is a part of a character. */
    static @Nullable String text(String token) {
        byte[] bytes = ByteSpelling.bytes(token);
        if (bytes == null) {
            return token.replace('▁', ' ');
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
