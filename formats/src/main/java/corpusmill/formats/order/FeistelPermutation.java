package corpusmill.formats.order;

import java.io.Serializable;

/**
 * A keyed permutation of [0, size), computed in constant time and memory: {@code feistel-1} of the format. A balanced
 * Feistel network of eight rounds over the smallest even number of bits that holds every index, walked in a cycle until
 * the result is in range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). Immutable.
 */
public final class FeistelPermutation implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int ROUNDS = 8;
    private static final long MAX_SIZE = 1L << 62;

    private final long size;
    private final int halfBits;
    private final long mask;
    private final long[] keys = new long[ROUNDS];

    /**
     * Makes a permutation.
     *
     * @param size number of indices, in [1, 2^62]
     * @param seed key
     * @param epoch pass over the data, at least 0
     */
    public FeistelPermutation(long size, long seed, long epoch) {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size must be in [1, 2^62] but was " + size);
        }
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must be at least 0 but was " + epoch);
        }
        this.size = size;
        int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.mask = (1L << halfBits) - 1;
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = Mixing.mix64(seed + Mixing.GOLDEN * (16 * epoch + round + 1));
        }
    }

    /** Number of indices. */
    public long size() {
        return size;
    }

    /**
     * Where an index goes.
     *
     * @param index in [0, size)
     * @return in [0, size); no two indices go to the same place
     */
    public long apply(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index must be in [0, " + size + ") but was " + index);
        }
        if (size == 1) {
            return 0;
        }
        long x = index;
        do {
            x = encrypt(x);
        } while (x >= size);
        return x;
    }

    private long encrypt(long x) {
        long left = x >>> halfBits;
        long right = x & mask;
        for (long key : keys) {
            long next = left ^ (Mixing.mix64(right + key) & mask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
