package corpusmill.jobs.dedup.shingle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 over bytes and over single longs, equal bit for bit to Spark SQL's {@code xxhash64} of a binary and of a bigint
 * column, so that signatures can be computed by this kernel, by SQL or on a GPU. The algorithm is that of
 * <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">the xxHash specification</a>.
 */
public final class XxHash64 {

    /** The seed of Spark SQL's {@code xxhash64}. */
    public static final long SEED = 42;

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    /** Eight bytes of an array as a long, the first the lowest. */
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash64() {}

    /** {@code xxhash64} of a bigint, seeded. */
    public static long ofLong(long value, long seed) {
        return ofMixed(mix(value), seed);
    }

    /** The part of {@link #ofLong} that does not depend on the seed; done once for many seeds. */
    public static long mix(long value) {
        return Long.rotateLeft(value * P2, 31) * P1;
    }

    /** The rest of {@link #ofLong}. */
    public static long ofMixed(long mixed, long seed) {
        long hash = seed + P5 + 8 ^ mixed;
        return avalanche(Long.rotateLeft(hash, 27) * P1 + P4);
    }

    /** {@code xxhash64} of {@code bytes[from, to)}, seeded. */
    public static long ofBytes(byte[] bytes, int from, int to, long seed) {
        int length = to - from;
        int at = from;
        long hash;
        if (length >= 32) {
            long v1 = seed + P1 + P2;
            long v2 = seed + P2;
            long v3 = seed;
            long v4 = seed - P1;
            for (; at <= to - 32; at += 32) {
                v1 = round(v1, (long) LONG.get(bytes, at));
                v2 = round(v2, (long) LONG.get(bytes, at + 8));
                v3 = round(v3, (long) LONG.get(bytes, at + 16));
                v4 = round(v4, (long) LONG.get(bytes, at + 24));
            }
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(merge(merge(merge(hash, v1), v2), v3), v4);
        } else {
            hash = seed + P5;
        }
        return tail(bytes, at, to, hash + length);
    }

    private static long tail(byte[] bytes, int from, int to, long start) {
        long hash = start;
        int at = from;
        for (; at <= to - 8; at += 8) {
            hash = Long.rotateLeft(hash ^ mix((long) LONG.get(bytes, at)), 27) * P1 + P4;
        }
        if (at <= to - 4) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(bytes, at) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < to; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xFFL) * P5, 11) * P1;
        }
        return avalanche(hash);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long value) {
        return (hash ^ round(0, value)) * P1 + P4;
    }

    private static long avalanche(long value) {
        long hash = (value ^ value >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }
}
