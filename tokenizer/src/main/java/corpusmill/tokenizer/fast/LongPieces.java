package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * What pieces became that the cache of short ones does not hold, too long for a key or of too many ids; for one thread.
 * One place for each hash, a new piece takes it. The pieces lie one after another in one array, a header, the bytes, the
 * ids, and all are forgotten when it is full. 3.4 MB.
 */
final class LongPieces {
    /** Longer pieces are not kept. */
    static final int LONGEST = 128;

    /** No such piece. */
    static final int NONE = 0;

    private static final int BITS = 16;
    private static final int LONGS = 3 << 17;
    /** Of one long. */
    private static final int IDS = 3;
    /** Of the header: ids in the lowest bits, then the length, then what fits of the hash. */
    private static final int COUNT_BITS = 12;

    private static final int COUNT = (1 << COUNT_BITS) - 1;

    private final int[] slots = new int[1 << BITS];
    private final long[] kept = new long[LONGS];
    /** Place 0 stands for none. */
    private int used = 1;

    /** The place of a piece, or {@link #NONE}. */
    int find(byte[] utf8, int from, int end, long hash) {
        int place = slots[(int) (hash >>> 64 - BITS)];
        int length = end - from;
        if (place == NONE || kept[place] >>> COUNT_BITS != header(hash, length, 0) >>> COUNT_BITS) {
            return NONE;
        }
        for (int at = 0; at < length; at += 8) {
            if (kept[place + 1 + (at >>> 3)] != Keys.low(utf8, from + at, Math.min(length - at, 8))) {
                return NONE;
            }
        }
        return place;
    }

    /** Writes the ids of a piece, for which there is room, and returns how many there are. */
    int copy(int place, int[] ids, int at) {
        int count = (int) kept[place] & COUNT;
        int length = (int) (kept[place] >>> COUNT_BITS) & COUNT;
        int from = place + 1 + (length + 7 >>> 3);
        int shift = 0;
        for (int i = 0; i < count; i++) {
            ids[at + i] = (int) (kept[from] >>> shift & PieceCache.ID_MASK);
            shift += PieceCache.ID_BITS;
            if (shift == IDS * PieceCache.ID_BITS) {
                shift = 0;
                from++;
            }
        }
        return count;
    }

    /** Keeps a piece of at most {@link #LONGEST} bytes. */
    void put(byte[] utf8, int from, int end, long hash, int[] ids, int count) {
        int length = end - from;
        int longs = 1 + (length + 7 >>> 3) + (count + IDS - 1) / IDS;
        if (used + longs > LONGS) {
            Arrays.fill(slots, NONE);
            used = 1;
        }
        int place = used;
        used += longs;
        slots[(int) (hash >>> 64 - BITS)] = place;
        kept[place++] = header(hash, length, count);
        for (int at = 0; at < length; at += 8) {
            kept[place++] = Keys.low(utf8, from + at, Math.min(length - at, 8));
        }
        for (int i = 0; i < count; i += IDS) {
            long packed = 0;
            for (int j = Math.min(i + IDS, count) - 1; j >= i; j--) {
                packed = packed << PieceCache.ID_BITS | ids[j];
            }
            kept[place++] = packed;
        }
    }

    private static long header(long hash, int length, int count) {
        return hash << 2 * COUNT_BITS | (long) length << COUNT_BITS | count;
    }
}
