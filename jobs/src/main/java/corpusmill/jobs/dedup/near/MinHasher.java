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

    /**
     * Whether the compiler makes vector instructions of a minimum over longs, as it does since JDK 25. Before, the other
     * form takes a quarter of the time; the minima are the same.
     */
    private static final boolean REDUCES = Runtime.version().feature() >= 25;

    private final LshBands bands;
    private final long[] seeds;
    private final long[] minima;
    private final long[] block = new long[BLOCK];
    private final long[] hashes;
    private int filled;
    private boolean empty;

    MinHasher(LshBands bands, long seed) {
        this.bands = bands;
        this.seeds = seeds(bands.minima(), seed);
        this.minima = new long[bands.minima()];
        this.hashes = new long[bands.minima()];
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
        if (REDUCES) {
            byPermutation();
        } else {
            byShingle();
        }
        filled = 0;
    }

    /** One minimum after the other, each over the whole block. */
    void byPermutation() {
        for (int k = 0; k < seeds.length; k++) {
            long seed = seeds[k];
            long minimum = minima[k];
            for (int i = 0; i < filled; i++) {
                minimum = Math.min(minimum, XxHash64.ofMixed(block[i], seed));
            }
            minima[k] = minimum;
        }
    }

    /** One shingle after the other, each against all minima. */
    void byShingle() {
        byShingle(block, filled, seeds, hashes, minima);
    }

    /**
     * Two loops without a reduction, over arrays that are parameters, and in one method: only so does JDK 17 make vector
     * instructions whichever methods it compiles first.
     *
     * <p>The lesser of two is found by bits alone; the sign of {@code less} says which it is, also where a − b overflows.
     */
    private static void byShingle(long[] block, int filled, long[] seeds, long[] hashes, long[] minima) {
        int count = seeds.length;
        for (int i = 0; i < filled; i++) {
            long mixed = block[i];
            for (int k = 0; k < count; k++) {
                hashes[k] = XxHash64.ofMixed(mixed, seeds[k]);
            }
            for (int k = 0; k < count; k++) {
                long a = hashes[k];
                long b = minima[k];
                long less = (a & ~b | ~(a ^ b) & a - b) >> Long.SIZE - 1;
                minima[k] = b ^ (a ^ b) & less;
            }
        }
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
