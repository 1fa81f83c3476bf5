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
        NOT_NORMAL,
        /** NFC may change the text, and not every version of Unicode alike. */
        RECENT;

        /** Whether the fast engine encodes such a text. */
        boolean isCovered() {
            return this == GOOD || this == NOT_NORMAL;
        }
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
                if (combining >= Nfc.RECENT || (combining != 0 && combining < lastClass)) {
                    return notNormal(utf8, at, end);
                }
                lastClass = combining;
            }
            at += length;
        }
        return Finding.GOOD;
    }

    private static Finding notNormal(byte[] utf8, int from, int end) {
        if (check(utf8, from, end, false) == Finding.INVALID) {
            return Finding.INVALID;
        }
        for (int at = from; at < end; at += CharClasses.length(utf8[at])) {
            if (utf8[at] < 0 && Nfc.combiningClass(codePoint(utf8, at)) == Nfc.RECENT) {
                return Finding.RECENT;
            }
        }
        return Finding.NOT_NORMAL;
    }

    /** Writes a character, at most four bytes, and returns where the next one goes. */
    static int put(byte[] utf8, int at, int codePoint) {
        if (codePoint < 0x80) {
            utf8[at] = (byte) codePoint;
            return at + 1;
        }
        int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        int rest = codePoint;
        for (int i = length - 1; i > 0; i--) {
            utf8[at + i] = (byte) (rest & 0x3f | 0x80);
            rest >>>= 6;
        }
        utf8[at] = (byte) (rest | 0xf00 >>> length);
        return at + length;
    }

    /** The end of the run of ASCII characters that starts at a place. */
    static int pastAscii(byte[] utf8, int from, int end) {
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
