package corpusmill.jobs.dedup.near;

import corpusmill.jobs.dedup.shingle.Shingler;
import corpusmill.jobs.dedup.shingle.XxHash64;
import java.util.Arrays;

/**
 * MinHash signatures, folded to band keys (A. Broder, "On the resemblance and containment of documents", 1997).
 *
 * <p>Permutation k of shingle s is {@code xxhash64(seed, k, s)} in Spark SQL's terms, the minimum is signed, and the key
 * of band b is {@code xxhash64(b, minimum, …)} over the band's minima. Shingles stream through in blocks; memory is
 * O(minima). Not thread-safe.
 */
final class MinHasher implements Shingler.Sink {

    private static final int BLOCK = 256;

    private final LshBands bands;
    private final long[] seeds;
    private final long[] minima;
    private final long[] block = new long[BLOCK];
    private int filled;
    private boolean empty;

    MinHasher(LshBands bands, long seed) {
        this.bands = bands;
        this.seeds = seeds(bands.minima(), seed);
        this.minima = new long[bands.minima()];
        reset();
    }

    /** Permutation k is XXH64 with the k-th of these as its seed. */
    static long[] seeds(int permutations, long seed) {
        long start = XxHash64.ofLong(seed, XxHash64.SEED);
        long[] seeds = new long[permutations];
        Arrays.setAll(seeds, k -> XxHash64.ofLong(k, start));
        return seeds;
    }

    /** Forgets the document before. */
    void reset() {
        Arrays.fill(minima, Long.MAX_VALUE);
        filled = 0;
        empty = true;
    }

    @Override
    public void shingle(long hash) {
        empty = false;
        block[filled++] = XxHash64.mix(hash);
        if (filled == BLOCK) {
            flush();
        }
    }

    private void flush() {
        for (int k = 0; k < seeds.length; k++) {
            long seed = seeds[k];
            long minimum = minima[k];
            for (int i = 0; i < filled; i++) {
                minimum = Math.min(minimum, XxHash64.ofMixed(block[i], seed));
            }
            minima[k] = minimum;
        }
        filled = 0;
    }

    /** The minima of the shingles since {@link #reset()}. */
    long[] signature() {
        flush();
        return minima.clone();
    }

    /** One key per band; none if there was no shingle, so that documents without shingles never meet. */
    long[] keys() {
        if (empty) {
            return new long[0];
        }
        flush();
        long[] keys = new long[bands.bands()];
        for (int band = 0; band < keys.length; band++) {
            long key = XxHash64.ofLong(band, XxHash64.SEED);
            for (int row = 0; row < bands.rows(); row++) {
                key = XxHash64.ofLong(minima[band * bands.rows() + row], key);
            }
            keys[band] = key;
        }
        return keys;
    }
}
