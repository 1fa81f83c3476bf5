package corpusmill.tokenizer.fast;

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
    private static final int NODE = 2;
    private static final int SYMBOL = 0;
    /** Of the merge with the next one, or DEAD. */
    private static final int RANK = 1;

    private static final int NEXT = 2;
    private static final int PREVIOUS = 3;

    private final PairTable pairs;
    private final long[] values = new long[SHORT];
    private final MergeQueue queue;
    /** Of each symbol of a long run the four numbers named above, in one cache line. */
    private int[] nodes = new int[0];

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
            int at = (int) step << NODE;
            if (nodes[at + RANK] == rank) {
                join(at, count << NODE);
            }
        }
        int left = 0;
        for (int at = 0; at < count << NODE; at = nodes[at + NEXT]) {
            symbols[left++] = nodes[at + SYMBOL];
        }
        if (count > KEPT) {
            nodes = new int[0];
            queue.shrink();
        }
        return left;
    }

    private void prepare(int[] symbols, int count) {
        if (nodes.length < count << NODE) {
            nodes = new int[Math.max(count, Math.min(2 * count, KEPT)) << NODE];
        }
        for (int i = 0; i < count; i++) {
            int at = i << NODE;
            nodes[at + SYMBOL] = symbols[i];
            nodes[at + NEXT] = at + (1 << NODE);
            nodes[at + PREVIOUS] = at - (1 << NODE);
            if (i > 0) {
                look(at - (1 << NODE), at);
            }
        }
        nodes[(count - 1 << NODE) + RANK] = DEAD;
    }

    private void join(int at, int end) {
        int right = nodes[at + NEXT];
        int following = nodes[right + NEXT];
        nodes[at + SYMBOL] = pairs.product(nodes[at + RANK]);
        nodes[at + RANK] = DEAD;
        nodes[at + NEXT] = following;
        nodes[right + RANK] = DEAD;
        if (following < end) {
            nodes[following + PREVIOUS] = at;
            look(at, following);
        }
        if (nodes[at + PREVIOUS] >= 0) {
            look(nodes[at + PREVIOUS], at);
        }
    }

    /** Notes and queues the merge of two neighbours, if there is one. */
    private void look(int left, int right) {
        long value = pairs.get(nodes[left + SYMBOL], nodes[right + SYMBOL]);
        if (value == PairTable.NONE) {
            nodes[left + RANK] = DEAD;
        } else {
            int rank = (int) (value >>> 32);
            nodes[left + RANK] = rank;
            queue.push(rank, left >> NODE);
        }
    }
}
