package corpusmill.tokenizer.fast;

/**
 * Cuts text into the pieces that a split pattern makes of it. For one thread; {@link #reset()} before every text.
 */
interface Spans {

    /**
     * Finds pieces from a place on.
     *
     * @param utf8 valid UTF-8
     * @param from start of a piece, below {@code end}
     * @param end end of the text: nothing behind it is looked at
     * @param pieces receives successive pieces
     * @return how many pieces were found, at least one, at most {@link Pieces#MOST}
     */
    int fill(byte[] utf8, int from, int end, Pieces pieces);

    /** Forgets the text. */
    default void reset() {}
}
