package corpusmill.tokenizer.fast;

/**
 * Merges symbols by rank, the lowest first and of equal ones the leftmost, until no two neighbours merge. For one thread.
 *
 * <p>Short runs of symbols by looking for the lowest rank again after every merge, long ones through a queue, n log n.
 * Keeps at most {@link #KEPT} symbols' memory between calls; a long run takes about 28 bytes a symbol while it lasts.
 */
final class Merger {
    /** With the bits of a rank 31: the two together stay positive. */
    private static final int PLACE_BITS = 31 - PairTable.RANK_BITS;
    /** Longest piece, in bytes, without the queue. */
    static final int SHORT = 1 << PLACE_BITS;

    private static final int KEPT = 1 << 14;
    private static final int DEAD = -1;
    private static final int NODE = 2;
    private static final int SYMBOL = 0;
    /** Of the merge with the next one, or DEAD. */
    private static final int RANK = 1;

    private static final int NEXT = 2;
    private static final int PREVIOUS = 3;

    private final PairTable pairs;
    /** Of each symbol of a short run the rank with the next one. */
    private final int[] ranks = new int[SHORT];

    private final MergeQueue queue;
    /** Of each symbol of a long run the four numbers named above, in one cache line. */
    private int[] nodes = new int[0];

    private long steps;

    Merger(PairTable pairs) {
        this.pairs = pairs;
        this.queue = new MergeQueue(pairs.size());
    }

    /**
     * Merges the symbols of a piece.
     *
     * @param alphabet gives the symbols
     * @param symbols receives the ids; has room for one a byte
     * @return how many ids there are
     */
    int merge(Alphabet alphabet, byte[] utf8, int from, int end, int[] symbols) {
        if (end - from > SHORT) {
            return mergeLong(symbols, alphabet.symbols(utf8, from, end, symbols));
        }
        return from == end ? 0 : mergeShort(symbols, alphabet.symbols(utf8, from, end, pairs, symbols, ranks));
    }

    /** How many symbols were begun with, merged, or taken from the queue in vain. */
    long steps() {
        return steps;
    }

    private int mergeShort(int[] symbols, int count) {
        int left = count;
        steps += count;
        while (left > 1) {
            int best = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < left; i++) {
                best = Math.min(best, ranks[i] << PLACE_BITS | i);
            }
            int rank = best >>> PLACE_BITS;
            if (rank == PairTable.NONE) {
                return left;
            }
            int at = best & SHORT - 1;
            steps++;
            symbols[at] = pairs.product(rank);
            left--;
            for (int i = at + 1; i < left; i++) {
                symbols[i] = symbols[i + 1];
                ranks[i] = ranks[i + 1];
            }
            if (at > 0) {
                ranks[at - 1] = pairs.get(symbols[at - 1], symbols[at]);
            }
            if (at + 1 < left) {
                ranks[at] = pairs.get(symbols[at], symbols[at + 1]);
            }
        }
        return left;
    }

    private int mergeLong(int[] symbols, int count) {
        if (count < 2) {
            return count;
        }
        prepare(symbols, count);
        steps += count;
        for (long step = queue.pop(); step != MergeQueue.EMPTY; step = queue.pop()) {
            int rank = (int) (step >>> 32);
            int at = (int) step << NODE;
            steps++;
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
        int rank = pairs.get(nodes[left + SYMBOL], nodes[right + SYMBOL]);
        if (rank == PairTable.NONE) {
            nodes[left + RANK] = DEAD;
        } else {
            nodes[left + RANK] = rank;
            queue.push(rank, left >> NODE);
        }
    }
}
