package corpusmill.tokenizer.fast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What short pieces became, for all threads: buckets of one cache line with two entries of four longs, as in {@link
 * PieceCache}. An entry is written once and never changed, so the pieces that come first stay, the commonest among them;
 * when a bucket is full, nothing is added. 16 MB.
 *
 * <p>The second long of a key is written last. Who finds a key by plain reads reads its ids behind an acquire fence.
 */
final class SharedPieces {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int BUCKET_BITS = 18;
    /** The second long of an entry that is being written: of no key. */
    private static final long WRITTEN_NOW = -2;

    /** The entries. */
    final long[] table = new long[8 << BUCKET_BITS];

    /** Where the bucket of a hash starts. */
    static int place(long hash) {
        return (int) (hash >>> 64 - BUCKET_BITS) << 3;
    }

    /** The entry of a key, or -1, given its bucket. */
    int find(int place, long low, long high) {
        for (int entry = place; entry < place + 8; entry += 4) {
            if ((long) LONGS.getAcquire(table, entry + 1) == high && table[entry] == low) {
                return entry;
            }
        }
        return -1;
    }

    /** Adds an entry to a bucket; false if it is full. */
    boolean put(int place, long low, long high, long firstIds, long moreIds) {
        for (int entry = place; entry < place + 8; entry += 4) {
            if (table[entry + 1] == 0 && LONGS.compareAndSet(table, entry + 1, 0L, WRITTEN_NOW)) {
                table[entry] = low;
                table[entry + 2] = firstIds;
                table[entry + 3] = moreIds;
                LONGS.setRelease(table, entry + 1, high);
                return true;
            }
        }
        return false;
    }
}
