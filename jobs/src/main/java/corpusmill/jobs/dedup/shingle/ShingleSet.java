package corpusmill.jobs.dedup.shingle;

import corpusmill.jobs.config.NearConfig.Shingle;

/**
 * The set of a text's shingle hashes, sorted, and the exact Jaccard similarity of two such sets. Eight bytes per
 * distinct shingle.
 */
public final class ShingleSet {

    private final long[] hashes;

    private ShingleSet(long[] hashes) {
        this.hashes = hashes;
    }

    /** The shingles of valid UTF-8. */
    public static ShingleSet of(byte[] utf8, Shingle shingle) {
        return new ShingleSet(ShingleHashes.in(utf8, shingle).distinct());
    }

    /** Distinct shingles. */
    public int size() {
        return hashes.length;
    }

    /** |A ∩ B| / |A ∪ B|; 0 when either is empty. */
    public double jaccard(ShingleSet other) {
        if (hashes.length == 0 || other.hashes.length == 0) {
            return 0;
        }
        int shared = shared(other);
        return shared / (double) ((long) hashes.length + other.hashes.length - shared);
    }

    /** The greatest similarity sets of these sizes can have. */
    public double bound(ShingleSet other) {
        return Math.min(size(), other.size()) / (double) Math.max(1, Math.max(size(), other.size()));
    }

    private int shared(ShingleSet other) {
        long[] left = hashes;
        long[] right = other.hashes;
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < left.length && j < right.length) {
            long a = left[i];
            long b = right[j];
            if (a == b) {
                shared++;
            }
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }
        return shared;
    }
}
