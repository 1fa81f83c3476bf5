package corpusmill.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON strings by RFC 8259, section 7, and decodes them on the way: one pass finds the end, checks the escapes and
 * copies what lies between them eight bytes at a time. A string without escapes is found only. One thread; reused for
 * many strings.
 */
final class JsonStrings {

    private static final byte[] UNESCAPED = unescaped();
    private static final int SCRATCH_BYTES = 1 << 10;
    private static final int KEPT_SCRATCH_BYTES = 1 << 20;

    private byte[] scratch = new byte[SCRATCH_BYTES];
    private byte[] found = scratch;
    private int start;
    private int size;
    private boolean halved;

    /**
     * Reads the string behind a quotation mark.
     *
     * @param bytes well-formed UTF-8
     * @param from behind the quotation mark
     * @param end where the bytes end
     * @return behind the closing quotation mark, or -1 if this is no JSON string
     */
    int read(byte[] bytes, int from, int end) {
        halved = false;
        int stop = Utf8.stringStop(bytes, from, end);
        if (stop < end && bytes[stop] == '"') {
            found = bytes;
            start = from;
            size = stop - from;
            return stop + 1;
        }
        // No escape is shorter than the UTF-8 it stands for.
        reserve(end - from);
        System.arraycopy(bytes, from, scratch, 0, stop - from);
        int into = stop - from;
        while (stop + 1 < end && bytes[stop] == '\\') {
            int at = stop + 2;
            byte letter = bytes[stop + 1];
            if (letter == 'u') {
                int first = stop + 6 > end ? -1 : hex(bytes, stop + 2);
                if (first < 0) {
                    return -1;
                }
                int codePoint = codePoint(bytes, (char) first, stop, end);
                at += codePoint > 0xFFFF ? 10 : 4;
                into = encode(codePoint, into);
            } else {
                byte character = unescaped(letter);
                if (character == 0) {
                    return -1;
                }
                scratch[into++] = character;
            }
            stop = Utf8.copyToStop(bytes, at, end, scratch, into);
            into += stop - at;
        }
        found = scratch;
        start = 0;
        size = into;
        return stop < end && bytes[stop] == '"' ? stop + 1 : -1;
    }

    // Room for so many bytes; much room is given back with the next string.
    private void reserve(int room) {
        if (scratch.length < room || (scratch.length > KEPT_SCRATCH_BYTES && room <= KEPT_SCRATCH_BYTES)) {
            scratch = new byte[Math.max(SCRATCH_BYTES, room)];
        }
    }

    /** The string that was read, in UTF-8; of no use if it {@link #isHalved}. */
    byte[] bytes() {
        return Arrays.copyOfRange(found, start, start + size);
    }

    /** The same, decoded. */
    String string() {
        return new String(found, start, size, StandardCharsets.UTF_8);
    }

    /** Whether it escapes half a surrogate pair, which no text can hold. */
    boolean isHalved() {
        return halved;
    }

    // The code point escaped at a place by one or two escapes; of half a pair that half.
    private int codePoint(byte[] bytes, char first, int at, int end) {
        if (!Character.isSurrogate(first)) {
            return first;
        }
        boolean two = at + 12 <= end && bytes[at + 6] == '\\' && bytes[at + 7] == 'u';
        int second = two ? hex(bytes, at + 8) : -1;
        if (Character.isHighSurrogate(first) && second >= 0 && Character.isLowSurrogate((char) second)) {
            return Character.toCodePoint(first, (char) second);
        }
        halved = true;
        return first;
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
        return letter < 0 ? 0 : UNESCAPED[letter];
    }

    private static byte[] unescaped() {
        byte[] characters = new byte[128];
        String letters = "\"\\/bfnrt";
        for (int i = 0; i < letters.length(); i++) {
            characters[letters.charAt(i)] = (byte) "\"\\/\b\f\n\r\t".charAt(i);
        }
        return characters;
    }
}
