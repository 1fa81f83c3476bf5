package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.unicode.Nfc;

/** Looks a text over before anything else does. */
final class Utf8 {
    /** What {@link #check} finds. */
    enum Finding {
        /** The text may be encoded. */
        GOOD,
        /** The text is not UTF-8. */
        INVALID,
        /** NFC may change the text. */
        NOT_NORMAL
    }

    private static final long HIGH = 0x8080808080808080L;

    private Utf8() {}

    /** The character that starts at a place of valid UTF-8. */
    static int codePoint(byte[] utf8, int at) {
        byte lead = utf8[at];
        if (lead >= 0) {
            return lead;
        }
        if (lead < (byte) 0xe0) {
            return (lead & 0x1f) << 6 | utf8[at + 1] & 0x3f;
        }
        if (lead < (byte) 0xf0) {
            return (lead & 0x0f) << 12 | (utf8[at + 1] & 0x3f) << 6 | utf8[at + 2] & 0x3f;
        }
        return (lead & 0x07) << 18 | (utf8[at + 1] & 0x3f) << 12 | (utf8[at + 2] & 0x3f) << 6 | utf8[at + 3] & 0x3f;
    }

    /**
     * Checks a text.
     *
     * @param nfc whether to look for what NFC would change, too
     */
    static Finding check(byte[] utf8, int from, int end, boolean nfc) {
        int lastClass = 0;
        for (int at = from; at < end; ) {
            if (utf8[at] >= 0) {
                lastClass = 0;
                at = pastAscii(utf8, at, end);
                continue;
            }
            int length = validLength(utf8, at, end);
            if (length == 0) {
                return Finding.INVALID;
            }
            if (nfc) {
                int combining = Nfc.combiningClass(codePoint(utf8, at));
                if (combining == Nfc.MAY_CHANGE || (combining != 0 && combining < lastClass)) {
                    return isValid(utf8, at, end) ? Finding.NOT_NORMAL : Finding.INVALID;
                }
                lastClass = combining;
            }
            at += length;
        }
        return Finding.GOOD;
    }

    private static boolean isValid(byte[] utf8, int from, int end) {
        return check(utf8, from, end, false) == Finding.GOOD;
    }

    private static int pastAscii(byte[] utf8, int from, int end) {
        int at = from + 1;
        while (at + 8 <= end) {
            long high = Keys.load(utf8, at) & HIGH;
            if (high != 0) {
                return at + (Long.numberOfTrailingZeros(high) >>> 3);
            }
            at += 8;
        }
        while (at < end && utf8[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Bytes of the character that starts at a place with a byte above 0x7f; 0 if none does. */
    private static int validLength(byte[] utf8, int at, int end) {
        int lead = utf8[at] & 0xff;
        int length = lead < 0xc2 || lead > 0xf4 ? 0 : CharClasses.length(utf8[at]);
        if (length == 0 || at + length > end) {
            return 0;
        }
        int second = utf8[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((utf8[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
