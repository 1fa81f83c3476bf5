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

    /**
     * Writes the symbols of a piece and, for all but the last, the rank of each with the next one.
     *
     * @param symbols has room for one a byte
     * @param ranks has room for one a byte
     * @return how many symbols were written
     */
    default int symbols(byte[] utf8, int from, int end, PairTable pairs, int[] symbols, int[] ranks) {
        int count = symbols(utf8, from, end, symbols);
        for (int i = 0; i + 1 < count; i++) {
            ranks[i] = pairs.get(symbols[i], symbols[i + 1]);
        }
        return count;
    }
}
