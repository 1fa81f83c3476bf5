package corpusmill.jobs.dedup.shingle;

/** Code points of valid UTF-8, without a String. */
final class Utf8 {

    private Utf8() {}

    /** Bytes of the code point whose first byte this is. */
    static int length(byte first) {
        if (first >= 0) {
            return 1;
        }
        return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
    }

    /** The code point at a place. */
    static int codePoint(byte[] utf8, int at) {
        byte first = utf8[at];
        return switch (length(first)) {
            case 1 -> first;
            case 2 -> (first & 0x1F) << 6 | utf8[at + 1] & 0x3F;
            case 3 -> (first & 0x0F) << 12 | (utf8[at + 1] & 0x3F) << 6 | utf8[at + 2] & 0x3F;
            default ->
                (first & 0x07) << 18 | (utf8[at + 1] & 0x3F) << 12 | (utf8[at + 2] & 0x3F) << 6 | utf8[at + 3] & 0x3F;
        };
    }

    /** Writes a code point and gives the place behind it. */
    static int put(int codePoint, byte[] out, int at) {
        if (codePoint < 0x80) {
            out[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            out[at] = (byte) (0xC0 | codePoint >>> 6);
            out[at + 1] = (byte) (0x80 | codePoint & 0x3F);
            return at + 2;
        }
        if (codePoint < 0x10000) {
            out[at] = (byte) (0xE0 | codePoint >>> 12);
            out[at + 1] = (byte) (0x80 | codePoint >>> 6 & 0x3F);
            out[at + 2] = (byte) (0x80 | codePoint & 0x3F);
            return at + 3;
        }
        out[at] = (byte) (0xF0 | codePoint >>> 18);
        out[at + 1] = (byte) (0x80 | codePoint >>> 12 & 0x3F);
        out[at + 2] = (byte) (0x80 | codePoint >>> 6 & 0x3F);
        out[at + 3] = (byte) (0x80 | codePoint & 0x3F);
        return at + 4;
    }

    /** Whether the code point at a place has the Unicode property White_Space; the 25 there are. */
    static boolean isWhiteSpace(byte[] utf8, int at) {
        byte first = utf8[at];
        if (first >= 0) {
            return first == ' ' || first >= 9 && first <= 13;
        }
        if (first != (byte) 0xC2 && first != (byte) 0xE1 && first != (byte) 0xE2 && first != (byte) 0xE3) {
            return false;
        }
        int codePoint = codePoint(utf8, at);
        return codePoint == 0x85
                || codePoint == 0xA0
                || codePoint == 0x1680
                || codePoint >= 0x2000 && codePoint <= 0x200A
                || codePoint == 0x2028
                || codePoint == 0x2029
                || codePoint == 0x202F
                || codePoint == 0x205F
                || codePoint == 0x3000;
    }
}
