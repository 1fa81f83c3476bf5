package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * Pieces that are one token, by their bytes. Immutable once filled, for any number of threads. Short ones by their key,
 * 20 bytes a slot; longer ones by a hash and a comparison. At most half full.
 */
final class Vocabulary {
    /** No such token. */
    static final int NONE = -1;

    private final long[] keys;
    private final int[] ids;
    private final int shift;
    private final byte[][] longTokens;
    private final int[] longIds;
    private final int longShift;

    /**
     * An empty vocabulary.
     *
     * @param shortTokens how many tokens of at most {@link Keys#LONGEST} bytes will be put
     * @param longTokens how many longer ones
     */
    Vocabulary(int shortTokens, int longTokens) {
        int bits = bits(shortTokens);
        keys = new long[2 << bits];
        ids = new int[1 << bits];
        shift = 64 - bits;
        int longBits = bits(longTokens);
        this.longTokens = new byte[1 << longBits][];
        longIds = new int[1 << longBits];
        longShift = 64 - longBits;
        Arrays.fill(ids, NONE);
        Arrays.fill(longIds, NONE);
    }

    private static int bits(int entries) {
        return 34 - Integer.numberOfLeadingZeros(Math.max(entries, 2) - 1);
    }

    void put(byte[] token, int id) {
        if (token.length > Keys.LONGEST) {
            int at = (int) (Keys.hash(token, 0, token.length) >>> longShift);
            while (longIds[at] != NONE) {
                at = at + 1 & longIds.length - 1;
            }
            longTokens[at] = token;
            longIds[at] = id;
            return;
        }
        long low = Keys.low(token, 0, token.length);
        long high = Keys.high(token, 0, token.length);
        int at = (int) (Keys.hash(low, high) >>> shift);
        while (ids[at] != NONE) {
            at = at + 1 & ids.length - 1;
        }
        keys[2 * at] = low;
        keys[2 * at + 1] = high;
        ids[at] = id;
    }

    /** The token of a key, whose hash is given too. */
    int get(long low, long high, long hash) {
        for (int at = (int) (hash >>> shift); ids[at] != NONE; at = at + 1 & ids.length - 1) {
            if (keys[2 * at] == low && keys[2 * at + 1] == high) {
                return ids[at];
            }
        }
        return NONE;
    }

    /** The token of a piece longer than {@link Keys#LONGEST} bytes, whose hash is given too. */
    int getLong(byte[] utf8, int from, int end, long hash) {
        for (int at = (int) (hash >>> longShift); longIds[at] != NONE; at = at + 1 & longIds.length - 1) {
            byte[] token = longTokens[at];
            if (Arrays.equals(token, 0, token.length, utf8, from, end)) {
                return longIds[at];
            }
        }
        return NONE;
    }
}
