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
     * @throws SpecialTokenInTextException if the text spells a special token and the policy is to reject it
     * @throws TextTooLongException if the engine cannot encode so long a text within bounded memory
     * @throws TokenizerException if the bytes are not valid UTF-8; nothing is guessed or replaced. {@code out} is as before
     */
    int encode(byte[] utf8, int offset, int length, TokenBuffer out);

    /**
     * How often the texts given to this encoder so far spelled a special token that was taken as ordinary text. Counted
     * under {@link SpecialTokens#ORDINARY} only, as spelled in the text (before any normalisation), leftmost longest,
     * without overlaps.
     */
    default long specialOccurrences() {
        return 0;
    }
}
