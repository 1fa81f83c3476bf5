package corpusmill.tokenizer.fast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A piece of at most 15 bytes as two longs: bytes 0 to 7, then bytes 8 to 14 with the length above them. Equal keys are
 * equal pieces. The second long of a piece is never 0.
 */
final class Keys {
    /** Bytes that fit a key. */
    static final int LONGEST = 15;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] MASKS = masks();

    private Keys() {}

    private static long[] masks() {
        long[] masks = new long[17];
        for (int bytes = 0; bytes < masks.length; bytes++) {
            masks[bytes] = bytes >= 8 ? -1 : (1L << (8 * bytes)) - 1;
        }
        return masks;
    }

    /** Eight bytes from a place on, which the array must hold. */
    static long load(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static long low(byte[] bytes, int at, int length) {
        return at + 8 <= bytes.length ? load(bytes, at) & MASKS[length] : slow(bytes, at, Math.min(length, 8));
    }

    static long high(byte[] bytes, int at, int length) {
        long size = (long) length << 56;
        if (length <= 8) {
            return size;
        }
        return at + 16 <= bytes.length
                ? load(bytes, at + 8) & MASKS[length - 8] | size
                : slow(bytes, at + 8, length - 8) | size;
    }

    private static long slow(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    /** Mixed so that every byte reaches the upper bits, from which tables take their index. */
    static long hash(long low, long high) {
        long mixed = low * 0x9e3779b97f4a7c15L ^ high * 0xc2b2ae3d27d4eb4fL;
        mixed ^= mixed >>> 32;
        return mixed * 0xd6e8feb86659fd93L;
    }

    /** Hash of a piece of any length. */
    static long hash(byte[] bytes, int at, int length) {
        long mixed = length;
        int end = at + length;
        int place = at;
        for (; place + 8 <= end; place += 8) {
            mixed = (mixed ^ load(bytes, place)) * 0x9e3779b97f4a7c15L;
            mixed ^= mixed >>> 29;
        }
        mixed = (mixed ^ slow(bytes, place, end - place)) * 0xc2b2ae3d27d4eb4fL;
        mixed ^= mixed >>> 32;
        return mixed * 0xd6e8feb86659fd93L;
    }
}
