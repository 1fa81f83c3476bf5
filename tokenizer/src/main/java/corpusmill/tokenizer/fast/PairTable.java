package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * The merges: two ids to the merge's rank and product. Open addressing over one array of longs, a pair and its value side
 * by side, at most half full. Immutable once filled, for any number of threads.
 */
final class PairTable {
    /** No merge: larger than every value. */
    static final long NONE = Long.MAX_VALUE;

    private final long[] slots;
    private final int shift;
    private final int[] products;

    /**
     * An empty table.
     *
     * @param merges how many will be put
     */
    PairTable(int merges) {
        int bits = 34 - Integer.numberOfLeadingZeros(Math.max(merges, 2) - 1);
        slots = new long[2 << bits];
        shift = 64 - bits;
        products = new int[merges];
        Arrays.fill(slots, -1);
    }

    /** Adds a merge; false if the pair is there already. */
    boolean put(int left, int right, int rank, int product) {
        long pair = pair(left, right);
        int at = place(pair);
        while (slots[at] != -1) {
            if (slots[at] == pair) {
                return false;
            }
            at = at + 2 & slots.length - 1;
        }
        slots[at] = pair;
        slots[at + 1] = (long) rank << 32 | product;
        products[rank] = product;
        return true;
    }

    /** Rank in the upper half, product in the lower; {@link #NONE} if the two never merge. */
    long get(int left, int right) {
        long pair = pair(left, right);
        for (int at = place(pair); ; at = at + 2 & slots.length - 1) {
            long found = slots[at];
            if (found == pair) {
                return slots[at + 1];
            }
            if (found == -1) {
                return NONE;
            }
        }
    }

    /** How many merges there are. */
    int size() {
        return products.length;
    }

    /** What the merge of a rank makes. */
    int product(int rank) {
        return products[rank];
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int place(long pair) {
        long mixed = pair * 0x9e3779b97f4a7c15L;
        mixed ^= mixed >>> 32;
        return (int) (mixed * 0xd6e8feb86659fd93L >>> shift) << 1;
    }
}
