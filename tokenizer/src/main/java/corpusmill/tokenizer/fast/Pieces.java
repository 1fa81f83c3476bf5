package corpusmill.tokenizer.fast;

/** A batch of pieces: their ends, and the keys of those short enough for one. For one thread. */
final class Pieces {
    /** Most pieces of a batch. */
    static final int MOST = 256;

    /** The second long of no key. */
    static final long LONG = -1;

    private static final long[] LOW_MASKS = new long[64];
    private static final long[] HIGH_MASKS = new long[64];
    private static final long[] HIGH_SIZES = new long[64];

    static {
        for (int length = 0; length < LOW_MASKS.length; length++) {
            LOW_MASKS[length] = length >= 8 ? -1 : (1L << 8 * length) - 1;
            HIGH_MASKS[length] = length <= 8 || length > Keys.LONGEST ? 0 : (1L << 8 * (length - 8)) - 1;
            HIGH_SIZES[length] = length > Keys.LONGEST ? LONG : (long) length << 56;
        }
    }

    /** Where each piece ends; the next one starts there. */
    final int[] ends = new int[MOST];
    /** First longs of the keys. */
    final long[] lows = new long[MOST];
    /** Second longs of the keys; {@link #LONG} for a piece of more than {@link Keys#LONGEST} bytes. */
    final long[] highs = new long[MOST];
    /** Where the bucket of each key starts. */
    final int[] places = new int[MOST];

    /**
     * Notes the pieces between the starts in a block.
     *
     * @param starts of those behind the first, one bit a byte; 16 bytes behind the last can be read
     * @return the place behind them
     */
    int put(int place, byte[] utf8, int at, long starts) {
        int next = place;
        int from = 0;
        for (long left = starts; left != 0; left &= left - 1) {
            int end = Long.numberOfTrailingZeros(left);
            int length = end - from;
            long low = Keys.load(utf8, at + from) & LOW_MASKS[length];
            long high = Keys.load(utf8, at + from + 8) & HIGH_MASKS[length] | HIGH_SIZES[length];
            put(next, at + end, low, high);
            from = end;
            next++;
        }
        return next;
    }

    /** Notes a piece. */
    void put(int place, byte[] utf8, int from, int end) {
        int length = end - from;
        if (length <= Keys.LONGEST) {
            put(place, end, Keys.low(utf8, from, length), Keys.high(utf8, from, length));
        } else {
            put(place, end, 0, LONG);
        }
    }

    /** Notes a piece whose key is known. */
    void put(int place, int end, long low, long high) {
        ends[place] = end;
        lows[place] = low;
        highs[place] = high;
        places[place] = SharedPieces.place(Keys.hash(low, high));
    }
}
