package corpusmill.tokenizer.fast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where merging never joins what stands on the two sides of a place in a piece: no token has, around a place within it, the
 * bytes that stand around this one. Such a place is a border of ids however the rest is merged, so the two sides can be
 * merged, and be known, apart. Two bytes on each side are looked at, by a hash: that some of these places are missed costs
 * time, and changes no id. Immutable once filled, for any number of threads. 146 kB.
 */
final class Borders {
    /** Bytes on either side of a place that are looked at. */
    static final int SEEN = 2;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BITS = 20;

    /** The two bytes around a place in any token. */
    private final long[] pairs = new long[1 << 16 - 6];
    /** The same of tokens of two bytes. */
    private final long[] tokens = new long[1 << 16 - 6];
    /** What tokens have around a place, where they have a second byte on the left, on the right, or on both sides. */
    private final long[] around = new long[1 << BITS - 6];

    /** Notes a token that merging may make. */
    void put(byte[] token) {
        for (int at = 1; at < token.length; at++) {
            boolean left = at >= SEEN;
            boolean right = at + SEEN <= token.length;
            int pair = token[at - 1] & 0xff | (token[at] & 0xff) << 8;
            int bytes = (left ? token[at - 2] & 0xff : 0) | pair << 8 | (right ? token[at + 1] << 24 : 0);
            set(pairs, pair);
            if (left) {
                set(around, right ? both(bytes) : left(bytes));
            } else if (right) {
                set(around, right(bytes));
            } else {
                set(tokens, pair);
            }
        }
    }

    /**
     * Whether merging may join the bytes before a place with those behind it; if not, it does not.
     *
     * @param at has {@link #SEEN} bytes of its piece on either side
     */
    boolean mayJoin(byte[] utf8, int at) {
        int bytes = (int) INT.get(utf8, at - SEEN);
        int pair = bytes >>> 8 & 0xffff;
        return isSet(pairs, pair)
                && (isSet(around, both(bytes))
                        || isSet(around, left(bytes))
                        || isSet(around, right(bytes))
                        || isSet(tokens, pair));
    }

    private static int both(int bytes) {
        return bytes * 0x9e3779b1 >>> 32 - BITS;
    }

    private static int left(int bytes) {
        return (bytes & 0xffffff) * 0x85ebca6b >>> 32 - BITS;
    }

    private static int right(int bytes) {
        return (bytes >>> 8) * 0xc2b2ae35 >>> 32 - BITS;
    }

    private static void set(long[] bits, int bit) {
        bits[bit >>> 6] |= 1L << bit;
    }

    private static boolean isSet(long[] bits, int bit) {
        return (bits[bit >>> 6] >>> bit & 1) != 0;
    }
}
