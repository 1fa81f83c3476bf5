package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pairs as arrays, for oracles that know nothing of Spark. Ids and the first column of the rank are below 2^31.
 *
 * @param better documents of better rank
 * @param worse the others, one for one
 * @param rank first column of the rank, by document
 */
record Edges(int[] better, int[] worse, long[] rank) {

    static Edges of(Dataset<VerifiedPair> pairs) {
        int count = (int) pairs.count();
        int[] better = new int[count];
        int[] worse = new int[count];
        long[] ranks = new long[2 * count];
        int at = 0;
        Iterator<Row> rows = pairs.select("better", "worse", "above0", "rank0").toLocalIterator();
        while (rows.hasNext()) {
            Row row = rows.next();
            better[at] = (int) row.getLong(0);
            worse[at] = (int) row.getLong(1);
            ranks[2 * at] = row.getLong(2);
            ranks[2 * at++ + 1] = row.getLong(3);
        }
        int documents = 1
                + Math.max(
                        Arrays.stream(better).max().orElse(0),
                        Arrays.stream(worse).max().orElse(0));
        long[] rank = new long[documents];
        for (int edge = 0; edge < count; edge++) {
            rank[better[edge]] = ranks[2 * edge];
            rank[worse[edge]] = ranks[2 * edge + 1];
        }
        return new Edges(better, worse, rank);
    }

    /** For every document the best-ranked kept one that removes it, or -1: document by document, in the order of rank. */
    int[] greedy() {
        int documents = rank.length;
        int[] first = new int[documents + 1];
        for (int document : worse) {
            first[document + 1]++;
        }
        Arrays.parallelPrefix(first, Integer::sum);
        int[] next = first.clone();
        int[] above = new int[better.length];
        for (int edge = 0; edge < better.length; edge++) {
            above[next[worse[edge]]++] = better[edge];
        }
        long[] order = IntStream.range(0, documents)
                .mapToLong(document -> rank[document] << 32 | document)
                .sorted()
                .toArray();
        int[] kept = new int[documents];
        Arrays.fill(kept, -1);
        for (long place : order) {
            int document = (int) place;
            for (int at = first[document]; at < first[document + 1]; at++) {
                int candidate = above[at];
                if (kept[candidate] < 0 && (kept[document] < 0 || isBetter(candidate, kept[document]))) {
                    kept[document] = candidate;
                }
            }
        }
        return kept;
    }

    private boolean isBetter(int one, int other) {
        return rank[one] < rank[other] || rank[one] == rank[other] && one < other;
    }

    /** By a union-find: a removed document and its kept one are of one component, and of each something is kept. */
    void assertOneOfEveryComponentIsKept(int[] kept) {
        int[] parent = IntStream.range(0, kept.length).toArray();
        for (int edge = 0; edge < better.length; edge++) {
            parent[root(parent, better[edge])] = root(parent, worse[edge]);
        }
        boolean[] hasKept = new boolean[kept.length];
        for (int document = 0; document < kept.length; document++) {
            if (kept[document] < 0) {
                hasKept[root(parent, document)] = true;
            } else if (root(parent, document) != root(parent, kept[document])) {
                throw new AssertionError(document + " is removed for " + kept[document] + " of another component");
            }
        }
        assertThat(IntStream.range(0, kept.length).filter(document -> !hasKept[root(parent, document)]))
                .as("documents of components of which nothing is kept")
                .isEmpty();
    }

    private static int root(int[] parent, int of) {
        int at = of;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
