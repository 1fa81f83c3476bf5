package corpusmill.tokenizer.fast;

/** One symbol a byte; a byte that the vocabulary lacks gives none, as in the reference engine. 257 kB. */
final class ByteAlphabet implements Alphabet {
    private static final int MISSING = -1;

    private final int[] ids = new int[256];
    private final boolean complete;
    /** The rank of every two bytes, where all bytes have a symbol: half of all looks into the merges end here. */
    private final int[] ranks = new int[1 << 16];

    /**
     * The alphabet of a vocabulary.
     *
     * @param ids for each byte its id, or -1
     */
    ByteAlphabet(int[] ids, PairTable pairs) {
        System.arraycopy(ids, 0, this.ids, 0, this.ids.length);
        boolean all = true;
        for (int value = 0; value < this.ids.length; value++) {
            all &= this.ids[value] != MISSING || !occurs(value);
        }
        complete = all;
        for (int pair = 0; pair < ranks.length; pair++) {
            int left = this.ids[pair >>> 8];
            int right = this.ids[pair & 0xff];
            ranks[pair] = left == MISSING || right == MISSING ? PairTable.NONE : pairs.get(left, right);
        }
    }

    /** Whether every byte of UTF-8 text has a symbol. */
    boolean isComplete() {
        return complete;
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

    @Override
    public int symbols(byte[] utf8, int from, int end, PairTable pairs, int[] symbols, int[] pairRanks) {
        if (!complete) {
            return Alphabet.super.symbols(utf8, from, end, pairs, symbols, pairRanks);
        }
        int length = end - from;
        int left = utf8[from] & 0xff;
        symbols[0] = ids[left];
        for (int i = 1; i < length; i++) {
            int right = utf8[from + i] & 0xff;
            symbols[i] = ids[right];
            pairRanks[i - 1] = ranks[left << 8 | right];
            left = right;
        }
        return length;
    }
}
