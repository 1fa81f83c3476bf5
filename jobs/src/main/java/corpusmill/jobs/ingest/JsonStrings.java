package corpusmill.jobs.ingest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes JSON strings by RFC 8259, section 7: runs without escapes are copied as blocks. One thread. */
final class JsonStrings {

    private static final int SCRATCH_BYTES = 1 << 10;
    private static final int KEPT_SCRATCH_BYTES = 1 << 20;

    private byte[] scratch = new byte[SCRATCH_BYTES];

    /**
     * The string in [from, to), of checked JSON and well-formed UTF-8.
     *
     * @return null if it escapes half a surrogate pair
     */
    @Nullable
    String decode(byte[] bytes, int from, int to, boolean unescape) {
        if (!unescape) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        // No escape is shorter than the UTF-8 it stands for.
        if (scratch.length < to - from) {
            scratch = new byte[to - from];
        }
        int size = 0;
        int at = from;
        while (at < to) {
            int stop = Utf8.stringStop(bytes, at, to);
            System.arraycopy(bytes, at, scratch, size, stop - at);
            size += stop - at;
            at = stop;
            if (at == to) {
                break;
            }
            byte letter = bytes[at + 1];
            if (letter != 'u') {
                scratch[size++] = unescaped(letter);
                at += 2;
                continue;
            }
            int codePoint = codePoint(bytes, at, to);
            if (codePoint < 0) {
                return null;
            }
            at += codePoint > 0xFFFF ? 12 : 6;
            size = encode(codePoint, size);
        }
        String decoded = new String(scratch, 0, size, StandardCharsets.UTF_8);
        if (scratch.length > KEPT_SCRATCH_BYTES) {
            scratch = new byte[SCRATCH_BYTES];
        }
        return decoded;
    }

    // The code point escaped at a place by one or two escapes; -1 for half a pair.
    private static int codePoint(byte[] bytes, int at, int to) {
        char first = (char) hex(bytes, at + 2);
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isLowSurrogate(first) || at + 12 > to || bytes[at + 6] != '\\' || bytes[at + 7] != 'u') {
            return -1;
        }
        char second = (char) hex(bytes, at + 8);
        return Character.isLowSurrogate(second) ? Character.toCodePoint(first, second) : -1;
    }

    private int encode(int codePoint, int size) {
        int at = size;
        if (codePoint < 0x80) {
            scratch[at++] = (byte) codePoint;
            return at;
        }
        if (codePoint < 0x800) {
            scratch[at++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                scratch[at++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                scratch[at++] = (byte) (0xF0 | (codePoint >> 18));
                scratch[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            scratch[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        scratch[at++] = (byte) (0x80 | (codePoint & 0x3F));
        return at;
    }

    /** The number of four hex digits, or -1. */
    static int hex(byte[] bytes, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            byte b = bytes[i];
            int digit = b >= '0' && b <= '9'
                    ? b - '0'
                    : (b | 0x20) >= 'a' && (b | 0x20) <= 'f' ? (b | 0x20) - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** What a one-letter escape stands for; 0 if there is none. */
    static byte unescaped(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }
}
