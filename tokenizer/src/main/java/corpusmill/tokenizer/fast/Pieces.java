package corpusmill.tokenizer.fast;

/** A batch of pieces: their ends, and the keys of those short enough for one. For one thread. */
final class Pieces {
    /** Most pieces of a batch. */
    static final int MOST = 256;

    /** The second long of no key. */
    static final long LONG = -1;

    /** Where each piece ends; the next one starts there. */
    final int[] ends = new int[MOST];
    /** First longs of the keys. */
    final long[] lows = new long[MOST];
    /** Second longs of the keys; {@link #LONG} for a piece of more than {@link Keys#LONGEST} bytes. */
    final long[] highs = new long[MOST];

    /** Notes a piece. */
    void put(int place, byte[] utf8, int from, int end) {
        int length = end - from;
        ends[place] = end;
        if (length <= Keys.LONGEST) {
            lows[place] = Keys.low(utf8, from, length);
            highs[place] = Keys.high(utf8, from, length);
        } else {
            highs[place] = LONG;
        }
    }

    /** Notes a piece whose key is known. */
    void put(int place, int end, long low, long high) {
        ends[place] = end;
        lows[place] = low;
        highs[place] = high;
    }
}
