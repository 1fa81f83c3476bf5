package corpusmill.tokenizer.fast;

/** The symbols that merging starts from. Immutable, for any number of threads. */
interface Alphabet {

    /**
     * Writes the symbols of a piece.
     *
     * @param symbols has room for one a byte
     * @return how many were written
     */
    int symbols(byte[] utf8, int from, int end, int[] symbols);
}
