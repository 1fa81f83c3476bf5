package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * The merges: two ids of 20 bits to the merge's rank, in one long a slot, and from there to the product. Open addressing,
 * at most half full. Immutable once filled, for any number of threads.
 */
final class PairTable {
    /** Bits of a rank. */
    static final int RANK_BITS = 24;
    /** No merge: larger than every rank. */
    static final int NONE = (1 << RANK_BITS) - 1;

    private static final long EMPTY = -1;
    private static final int ID_BITS = 20;

    private final long[] slots;
    private final int shift;
    private final int[] products;

    /**
     * An empty table.
     *
     * @param merges how many will be put, fewer than {@link #NONE}
     */
    PairTable(int merges) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(merges, 2) - 1);
        slots = new long[1 << bits];
        shift = 64 - bits;
        products = new int[merges];
        Arrays.fill(slots, EMPTY);
    }

    /** Adds a merge of ids below 2^20 - 1; false if the pair is there already. */
    boolean put(int left, int right, int rank, int product) {
        long pair = pair(left, right);
        int at = place(pair);
        while (slots[at] != EMPTY) {
            if (slots[at] >>> RANK_BITS == pair) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = pair << RANK_BITS | rank;
        products[rank] = product;
        return true;
    }

    /** The rank; {@link #NONE} if the two never merge. */
    int get(int left, int right) {
        long pair = pair(left, right);
        for (int at = place(pair); ; at = at + 1 & slots.length - 1) {
            long found = slots[at];
            if (found >>> RANK_BITS == pair || found == EMPTY) {
                return (int) found & NONE;
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
        return (long) left << ID_BITS | right;
    }

    private int place(long pair) {
        return (int) (pair * 0x9e3779b97f4a7c15L >>> shift);
    }
}
