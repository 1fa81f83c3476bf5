package corpusmill.tokenizer;

/** Encodes one document after another. Not thread-safe: one per task. */
@FunctionalInterface
public interface TokenEncoder {

    /**
     * Appends the token ids of {@code utf8[offset, offset + length)} to {@code out}.
     *
     * @param utf8 valid UTF-8
     * @param offset first byte
     * @param length bytes
     * @param out receives ids, each in [0, vocabulary size)
     * @return how many ids were appended
     * @throws TokenizerException if the bytes are not valid UTF-8; nothing is guessed or replaced
     */
    int encode(byte[] utf8, int offset, int length, TokenBuffer out);
}
