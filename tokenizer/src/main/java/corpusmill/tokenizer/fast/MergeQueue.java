package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * A queue of merges by rank, then by place. For one thread.
 *
 * <p>Nearly always a merge makes new pairs of a higher rank only. So places wait in a list for each rank, a heap holds
 * the ranks that wait, and all places of a rank are taken at once, in order: a constant time for each, where a heap of
 * places would miss the cache at each of its levels. Pairs of a rank not above the current one go to a small heap of
 * their own. Never worse than n log n.
 */
final class MergeQueue {
    /** What {@link #pop()} gives when nothing is left. */
    static final long EMPTY = -1;

    private static final int KEPT = 1 << 14;
    private static final int NONE = -1;

    private final int ranks;
    private int[] heads = new int[0];
    /** Place in the upper half, the entry that follows in the lower. */
    private long[] entries = new long[256];

    private int used;
    private int free = NONE;

    private final Heap waiting = new Heap();
    private final Heap early = new Heap();
    private int rank = NONE;
    private int[] current = new int[64];
    private int taken;
    private int size;

    MergeQueue(int ranks) {
        this.ranks = ranks;
    }

    void push(int newRank, int place) {
        if (newRank <= rank) {
            early.push((long) newRank << 32 | place);
            return;
        }
        if (heads.length == 0) {
            heads = new int[ranks];
            Arrays.fill(heads, NONE);
        }
        int entry = free;
        if (entry == NONE) {
            if (used == entries.length) {
                entries = Arrays.copyOf(entries, 2 * used);
            }
            entry = used++;
        } else {
            free = (int) entries[entry];
        }
        entries[entry] = (long) place << 32 | heads[newRank] & 0xffff_ffffL;
        if (heads[newRank] == NONE) {
            waiting.push(newRank);
        }
        heads[newRank] = entry;
    }

    /** The merge that comes next, rank in the upper half and place in the lower, or {@link #EMPTY}. */
    long pop() {
        while (true) {
            long mine = taken < size ? (long) rank << 32 | current[taken] : Long.MAX_VALUE;
            if (!early.isEmpty() && early.top() < mine) {
                return early.pop();
            }
            if (taken < size) {
                taken++;
                return mine;
            }
            if (waiting.isEmpty()) {
                rank = NONE;
                used = 0;
                free = NONE;
                return EMPTY;
            }
            take((int) waiting.pop());
        }
    }

    private void take(int lowest) {
        rank = lowest;
        taken = 0;
        size = 0;
        int entry = heads[lowest];
        heads[lowest] = NONE;
        while (entry != NONE) {
            if (size == current.length) {
                current = Arrays.copyOf(current, 2 * size);
            }
            long held = entries[entry];
            current[size++] = (int) (held >>> 32);
            entries[entry] = free & 0xffff_ffffL;
            free = entry;
            entry = (int) held;
        }
        boolean sorted = true;
        for (int low = 0, high = size - 1; low < high; low++, high--) {
            int place = current[low];
            current[low] = current[high];
            current[high] = place;
        }
        for (int i = 1; i < size && sorted; i++) {
            sorted = current[i - 1] < current[i];
        }
        if (!sorted) {
            Arrays.sort(current, 0, size);
        }
    }

    /** Gives back what a long text needed. */
    void shrink() {
        if (entries.length > 2 * KEPT) {
            entries = new long[256];
        }
        if (current.length > KEPT) {
            current = new int[64];
            taken = 0;
            size = 0;
        }
        waiting.shrink();
        early.shrink();
    }

    /** A binary heap, the smallest on top. */
    private static final class Heap {
        private long[] items = new long[64];
        private int count;

        boolean isEmpty() {
            return count == 0;
        }

        long top() {
            return items[0];
        }

        void push(long item) {
            if (count == items.length) {
                items = Arrays.copyOf(items, 2 * count);
            }
            int at = count++;
            while (at > 0 && items[(at - 1) >> 1] > item) {
                items[at] = items[(at - 1) >> 1];
                at = (at - 1) >> 1;
            }
            items[at] = item;
        }

        long pop() {
            long smallest = items[0];
            long last = items[--count];
            int at = 0;
            for (int child = 1; child < count; child = 2 * at + 1) {
                if (child + 1 < count && items[child + 1] < items[child]) {
                    child++;
                }
                if (items[child] >= last) {
                    break;
                }
                items[at] = items[child];
                at = child;
            }
            items[at] = last;
            return smallest;
        }

        void shrink() {
            if (items.length > KEPT) {
                items = new long[64];
            }
        }
    }
}
