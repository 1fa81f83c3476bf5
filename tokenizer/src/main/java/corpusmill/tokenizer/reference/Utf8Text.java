package corpusmill.tokenizer.reference;

import corpusmill.tokenizer.TokenizerException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Decodes UTF-8 or refuses it: overlong forms, surrogates, cut characters and stray bytes. For one thread. */
final class Utf8Text {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /**
     * The text of {@code utf8[offset, offset + length)}.
     *
     * @throws TokenizerException at the first byte that does not belong to a character
     */
    String decode(byte[] utf8, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, utf8.length);
        ByteBuffer in = ByteBuffer.wrap(utf8, offset, length);
        CharBuffer out = CharBuffer.allocate(length);
        CoderResult result = decoder.reset().decode(in, out, true);
        if (result.isError()) {
            throw new TokenizerException(
                    "The text is not valid UTF-8: byte " + (in.position() - offset) + " of " + length
                            + " (0x" + Integer.toHexString(utf8[in.position()] & 0xff)
                            + ") does not start a whole character. Replace or reject such text when it is ingested.");
        }
        return out.flip().toString();
    }
}
