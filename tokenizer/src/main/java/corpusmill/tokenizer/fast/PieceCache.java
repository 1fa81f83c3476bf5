package corpusmill.tokenizer.fast;

/**
 * What short pieces became for which {@link SharedPieces} have no room, for one thread: buckets of one cache line with two entries of four longs: the key, then up to
 * six ids of 20 bits with their count in the top bits of the third long. New entries come first and push the bucket's
 * other one out. Bounded: {@link #LONGS} longs.
 */
final class PieceCache {
    /** Most ids of an entry. */
    static final int MOST_IDS = 6;

    static final int ID_BITS = 20;
    static final long ID_MASK = (1 << ID_BITS) - 1;
    static final int COUNT_SHIFT = 60;
    /** The third long of a piece of more ids, which {@link LongPieces} may have. */
    static final long ELSEWHERE = -1;

    private static final int BUCKET_BITS = 14;
    private static final int LONGS = 8 << BUCKET_BITS;

    /** The entries. */
    final long[] table = new long[LONGS];

    /** Where the bucket of a hash starts. */
    static int place(long hash) {
        return (int) (hash >>> 64 - BUCKET_BITS) << 3;
    }

    /** The entry of a key, or -1. */
    int find(long hash, long low, long high) {
        int place = place(hash);
        for (int entry = place; entry < place + 8; entry += 4) {
            if (table[entry] == low && table[entry + 1] == high) {
                return entry;
            }
        }
        return -1;
    }

    /** Puts an entry first into a bucket. */
    void put(int place, long low, long high, long firstIds, long moreIds) {
        System.arraycopy(table, place, table, place + 4, 4);
        table[place] = low;
        table[place + 1] = high;
        table[place + 2] = firstIds;
        table[place + 3] = moreIds;
    }

    /** The third long of an entry. */
    static long firstIds(int[] ids, int count) {
        long packed = (long) count << COUNT_SHIFT;
        for (int i = 0; i < Math.min(count, 3); i++) {
            packed |= (long) ids[i] << i * ID_BITS;
        }
        return packed;
    }

    /** The fourth long of an entry. */
    static long moreIds(int[] ids, int count) {
        long packed = 0;
        for (int i = 3; i < count; i++) {
            packed |= (long) ids[i] << (i - 3) * ID_BITS;
        }
        return packed;
    }
}
