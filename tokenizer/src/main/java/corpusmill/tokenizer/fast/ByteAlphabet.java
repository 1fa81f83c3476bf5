package corpusmill.tokenizer.fast;

/** One symbol a byte; a byte that the vocabulary lacks gives none, as in the reference engine. */
final class ByteAlphabet implements Alphabet {
    private static final int MISSING = -1;

    private final int[] ids = new int[256];

    /**
     * The alphabet of a vocabulary.
     *
     * @param ids for each byte its id, or -1
     */
    ByteAlphabet(int[] ids) {
        System.arraycopy(ids, 0, this.ids, 0, this.ids.length);
    }

    /** Whether a byte occurs in UTF-8 text. */
    static boolean occurs(int value) {
        return value != 0xc0 && value != 0xc1 && value < 0xf5;
    }

    @Override
    public int symbols(byte[] utf8, int from, int end, int[] symbols) {
        int count = 0;
        for (int at = from; at < end; at++) {
            int id = ids[utf8[at] & 0xff];
            if (id != MISSING) {
                symbols[count++] = id;
            }
        }
        return count;
    }
}
