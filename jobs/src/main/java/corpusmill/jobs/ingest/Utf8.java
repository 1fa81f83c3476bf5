package corpusmill.jobs.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Kernels over bytes that read eight at a time. */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long NEWLINES = ONES * '\n';
    private static final long TWOS = ONES * 2;
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private Utf8() {}

    /** The first newline in [from, to), or -1. */
    static int newline(byte[] bytes, int from, int to) {
        int at = from;
        // Lines are long: thirty-two bytes at a time, and the last of them once more.
        while (at + 32 <= to
                && ((newlines(bytes, at) | newlines(bytes, at + 8))
                                | (newlines(bytes, at + 16) | newlines(bytes, at + 24)))
                        == 0) {
            at += 32;
        }
        for (; at + 8 <= to; at += 8) {
            long match = newlines(bytes, at);
            if (match != 0) {
                return at + (Long.numberOfTrailingZeros(match) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    // Marks newlines among eight bytes; of several marks the lowest is exact.
    private static long newlines(byte[] bytes, int at) {
        long word = (long) LONGS.get(bytes, at) ^ NEWLINES;
        return (word - ONES) & ~word & HIGH;
    }

    /** The first quotation mark, backslash or control character in [from, to), or {@code to}. */
    static int stringStop(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONGS.get(bytes, at);
            long match = stops(word);
            if (match != 0) {
                return at + (Long.numberOfTrailingZeros(match) >>> 3);
            }
        }
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                return at;
            }
        }
        return to;
    }

    /**
     * Copies the bytes in [from, to) up to the first one that {@link #stringStop} finds; up to eight bytes behind them in
     * the target are overwritten.
     *
     * @param target has room for all bytes in [from, to), from {@code place} on
     * @return the place of that one, or {@code to}
     */
    static int copyToStop(byte[] bytes, int from, int to, byte[] target, int place) {
        int at = from;
        int into = place;
        for (; at + 8 <= to; at += 8, into += 8) {
            long word = (long) LONGS.get(bytes, at);
            LONGS.set(target, into, word);
            long match = stops(word);
            if (match != 0) {
                return at + (Long.numberOfTrailingZeros(match) >>> 3);
            }
        }
        for (; at < to; at++, into++) {
            byte b = bytes[at];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                return at;
            }
            target[into] = b;
        }
        return to;
    }

    // Marks quotation marks, backslashes and control characters; of several marks the lowest is exact, since a borrow
    // can
    // only mark bytes above a true match. With the second bit turned, quotation marks follow the control characters.
    private static long stops(long word) {
        return (((word ^ TWOS) - BLANKS - ONES) | ((word ^ BACKSLASHES) - ONES)) & ~word & HIGH;
    }

    /** Code points of well-formed UTF-8. */
    static int codePoints(byte[] text) {
        int count = 0;
        for (byte b : text) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** Whether [from, to) is well-formed UTF-8 by table 3-7 of the Unicode standard: shortest forms, no surrogates. */
    static boolean valid(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long high = (long) LONGS.get(bytes, at) & HIGH;
            if (high == 0) {
                at += 8;
                continue;
            }
            at = behindSequences(bytes, at + (Long.numberOfTrailingZeros(high) >>> 3), to);
            int length = length(bytes, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        while (at < to) {
            int length = length(bytes, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Passes over well-formed sequences of two and three bytes, as many as are easily told; most text beyond ASCII. */
    private static int behindSequences(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 < to) {
            long word = (long) LONGS.get(bytes, at);
            if ((word & 0xC0C0F0C0C0F0L) == 0x8080E08080E0L && isThree(word) && isThree(word >>> 24)) {
                at += 6;
            } else if ((word & 0xC0E0C0E0C0E0C0E0L) == 0x80C080C080C080C0L
                    && (((word & 0x1E001E001E001EL) + 0x1E001E001E001EL) & 0x20002000200020L) == 0x20002000200020L) {
                at += 8;
            } else if ((word & 0xC0C0F0) == 0x8080E0 && isThree(word)) {
                at += 3;
            } else if ((word & 0xC0E0) == 0x80C0 && (word & 0x1E) != 0) {
                at += 2;
            } else {
                return at;
            }
        }
        return at;
    }

    // Whether three bytes of the right form are neither longer than needed nor half a surrogate pair: by the lower half
    // of
    // the lead, and the bit that halves the second byte's range.
    private static boolean isThree(long word) {
        long row = word & 0x200F;
        return row != 0 && row != 0x200D;
    }

    // Bytes of the character at a place; 0 if it is none.
    private static int length(byte[] bytes, int at, int to) {
        int lead = bytes[at];
        return lead >= 0 ? 1 : sequence(bytes, at, to, lead & 0xFF);
    }

    /** Bytes of the well-formed sequence that starts with a lead byte of 0x80 or more; 0 if it is none. */
    private static int sequence(byte[] bytes, int at, int to, int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
