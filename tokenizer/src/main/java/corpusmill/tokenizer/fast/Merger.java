package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * Merges symbols by rank, the lowest first and of equal ones the leftmost, until no two neighbours merge. For one thread.
 *
 * <p>Short runs of symbols by looking for the lowest rank again after every merge, long ones through a queue, n log n.
 * Keeps at most {@link #KEPT} symbols' memory between calls; a long run takes about 28 bytes a symbol while it lasts.
 */
final class Merger {
    private static final int SHORT = 48;
    private static final int KEPT = 1 << 14;
    private static final int DEAD = -1;

    private final PairTable pairs;
    private final long[] values = new long[SHORT];
    private final MergeQueue queue;
    private int[] ranks = new int[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];

    Merger(PairTable pairs) {
        this.pairs = pairs;
        this.queue = new MergeQueue(pairs.size());
    }

    /**
     * Merges in place.
     *
     * @param symbols ids
     * @param count how many of them
     * @return how many are left
     */
    int merge(int[] symbols, int count) {
        return count <= SHORT ? mergeShort(symbols, count) : mergeLong(symbols, count);
    }

    private int mergeShort(int[] symbols, int count) {
        for (int i = 0; i + 1 < count; i++) {
            values[i] = pairs.get(symbols[i], symbols[i + 1]);
        }
        int left = count;
        while (left > 1) {
            long best = values[0];
            int at = 0;
            for (int i = 1; i + 1 < left; i++) {
                long value = values[i];
                if (value < best) {
                    best = value;
                    at = i;
                }
            }
            if (best == PairTable.NONE) {
                return left;
            }
            symbols[at] = (int) best;
            left--;
            for (int i = at + 1; i < left; i++) {
                symbols[i] = symbols[i + 1];
                values[i] = values[i + 1];
            }
            if (at > 0) {
                values[at - 1] = pairs.get(symbols[at - 1], symbols[at]);
            }
            if (at + 1 < left) {
                values[at] = pairs.get(symbols[at], symbols[at + 1]);
            }
        }
        return left;
    }

    private int mergeLong(int[] symbols, int count) {
        prepare(symbols, count);
        for (long step = queue.pop(); step != MergeQueue.EMPTY; step = queue.pop()) {
            int rank = (int) (step >>> 32);
            int at = (int) step;
            if (ranks[at] == rank) {
                join(symbols, at, count);
            }
        }
        int left = 0;
        for (int at = 0; at < count; at = next[at]) {
            symbols[left++] = symbols[at];
        }
        if (count > KEPT) {
            ranks = new int[0];
            next = new int[0];
            previous = new int[0];
            queue.shrink();
        }
        return left;
    }

    private void prepare(int[] symbols, int count) {
        if (ranks.length < count) {
            ranks = new int[Math.max(count, Math.min(2 * count, KEPT))];
            next = new int[ranks.length];
            previous = new int[ranks.length];
        }
        Arrays.fill(ranks, 0, count, DEAD);
        for (int at = 0; at < count; at++) {
            next[at] = at + 1;
            previous[at] = at - 1;
            if (at + 1 < count) {
                look(symbols, at, at + 1);
            }
        }
    }

    private void join(int[] symbols, int at, int count) {
        int right = next[at];
        symbols[at] = pairs.product(ranks[at]);
        ranks[right] = DEAD;
        ranks[at] = DEAD;
        int following = next[right];
        next[at] = following;
        if (following < count) {
            previous[following] = at;
            look(symbols, at, following);
        }
        if (previous[at] >= 0) {
            look(symbols, previous[at], at);
        }
    }

    /** Notes and queues the merge of two neighbours, if there is one. */
    private void look(int[] symbols, int left, int right) {
        long value = pairs.get(symbols[left], symbols[right]);
        if (value == PairTable.NONE) {
            ranks[left] = DEAD;
        } else {
            ranks[left] = (int) (value >>> 32);
            queue.push(ranks[left], left);
        }
    }
}
