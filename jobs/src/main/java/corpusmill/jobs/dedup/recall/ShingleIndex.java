package corpusmill.jobs.dedup.recall;

import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.shingle.ShingleSet;
import corpusmill.jobs.dedup.shingle.Shingler;
import corpusmill.jobs.dedup.shingle.XxHash64;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The shingles of a few documents, each with the documents that have it: how much another document shares with every
 * one of them is counted in one pass over its shingles. About 40 bytes per shingle. Immutable; for any number of threads.
 */
final class ShingleIndex implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Shingle shingle;
    private final long[] ids;
    private final int[] sizes;
    /** By open addressing, at most half full: a shingle, and its first posting or -1 where there is none. */
    private final long[] hashes;

    private final int[] heads;
    /** Of each posting, the document and the next one of the same shingle, or -1. */
    private final int[] documents;

    private final int[] next;

    /**
     * Indexes documents.
     *
     * @param ids different
     * @param texts valid UTF-8, one for each id
     */
    ShingleIndex(long[] ids, List<byte[]> texts, Shingle shingle) {
        this.shingle = shingle;
        this.ids = ids.clone();
        List<ShingleSet> sets =
                texts.stream().map(text -> ShingleSet.of(text, shingle)).toList();
        this.sizes = sets.stream().mapToInt(ShingleSet::size).toArray();
        int postings = Arrays.stream(sizes).reduce(0, Math::addExact);
        int slots = Integer.highestOneBit(Math.max(1, postings)) << 2;
        this.hashes = new long[slots];
        this.heads = new int[slots];
        this.documents = new int[postings];
        this.next = new int[postings];
        Arrays.fill(heads, -1);
        int[] count = {0};
        for (int document = 0; document < sets.size(); document++) {
            int owner = document;
            sets.get(document).forEach(hash -> {
                int slot = slot(hash);
                hashes[slot] = hash;
                documents[count[0]] = owner;
                next[count[0]] = heads[slot];
                heads[slot] = count[0]++;
            });
        }
    }

    /** The indexed documents similar to another one; a pair of two indexed ones comes with the greater id only. */
    List<SimilarPair> similar(long id, byte[] text, double threshold) {
        LongStream.Builder known = LongStream.builder();
        Shingler.of(shingle).shingle(text, hash -> {
            if (heads[slot(hash)] >= 0) {
                known.add(hash);
            }
        });
        long[] both = known.build().sorted().toArray();
        int[] shared = new int[ids.length];
        for (int i = 0; i < both.length; i++) {
            boolean repeated = i > 0 && both[i] == both[i - 1];
            for (int posting = repeated ? -1 : heads[slot(both[i])]; posting >= 0; posting = next[posting]) {
                shared[documents[posting]]++;
            }
        }
        // What two sets share is at least the threshold's part of each: few texts come so far as to be made a set.
        if (IntStream.range(0, ids.length)
                .noneMatch(document -> shared[document] > 0 && shared[document] >= threshold * sizes[document] - 1)) {
            return List.of();
        }
        ShingleSet set = ShingleSet.of(text, shingle);
        boolean indexed = Arrays.stream(ids).anyMatch(other -> other == id);
        List<SimilarPair> pairs = new ArrayList<>();
        for (int document = 0; document < ids.length; document++) {
            double similarity = shared[document] == 0
                    ? 0
                    : shared[document] / (double) ((long) sizes[document] + set.size() - shared[document]);
            if (similarity >= threshold && (indexed ? ids[document] < id : ids[document] != id)) {
                pairs.add(new SimilarPair(ids[document], id, similarity));
            }
        }
        return pairs;
    }

    private int slot(long hash) {
        int mask = heads.length - 1;
        int at = (int) XxHash64.ofLong(hash, 0) & mask;
        while (heads[at] >= 0 && hashes[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }
}
