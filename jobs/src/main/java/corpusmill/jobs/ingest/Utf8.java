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
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private Utf8() {}

    /** The first newline in [from, to), or -1. */
    static int newline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONGS.get(bytes, at) ^ NEWLINES;
            long match = (word - ONES) & ~word & HIGH;
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

    /** The first quotation mark, backslash or control character in [from, to), or {@code to}. */
    static int stringStop(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = (long) LONGS.get(bytes, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            // A borrow can only mark bytes above a true match, so the lowest mark is exact.
            long match =
                    (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - BLANKS) & ~word)) & HIGH;
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

    /** Whether [from, to) is well-formed UTF-8 by table 3-7 of the Unicode standard: shortest forms, no surrogates. */
    static boolean valid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + 8 <= to && ((long) LONGS.get(bytes, at) & HIGH) == 0) {
                at += 8;
                continue;
            }
            int lead = bytes[at];
            if (lead >= 0) {
                at++;
            } else {
                int length = sequence(bytes, at, to, lead & 0xFF);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
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
