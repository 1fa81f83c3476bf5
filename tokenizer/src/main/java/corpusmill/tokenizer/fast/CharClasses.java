package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.unicode.Unicode;
import java.util.Arrays;

/**
 * What the split patterns ask of a character, as bits of one byte, read from UTF-8. Immutable, for any number of threads;
 * about 100 kB. Callers pass valid UTF-8 and the first byte of a character.
 */
final class CharClasses {
    /** Category L. */
    static final int LETTER = 1;
    /** Category N. */
    static final int NUMBER = 2;
    /** White space, newlines included. */
    static final int SPACE = 4;
    /** None of the three above. */
    static final int OTHER = 8;
    /** Lu, Lt, Lm, Lo, M: what a word of o200k may begin with. */
    static final int UPPER = 16;
    /** Ll, Lm, Lo, M: what a word of o200k may end with. */
    static final int LOWER = 32;
    /** Carriage return or line feed. */
    static final int NEWLINE = 64;

    /** For patterns over letters, numbers, white space and the rest. */
    static final CharClasses STANDARD = new CharClasses();

    private static final int SHIFT = 7;
    private static final int ASCII = 128;

    private final byte[] ascii = new byte[ASCII];
    private final char[] pages = new char[(Character.MAX_CODE_POINT + 1) >>> SHIFT];
    private final byte[] entries;

    private CharClasses() {
        byte[] kept = new byte[0];
        byte[] page = new byte[1 << SHIFT];
        for (int number = 0; number < pages.length; number++) {
            for (int i = 0; i < page.length; i++) {
                page[i] = (byte) classify((number << SHIFT) + i);
            }
            int place = find(kept, page);
            if (place == kept.length) {
                kept = Arrays.copyOf(kept, kept.length + page.length);
                System.arraycopy(page, 0, kept, place, page.length);
            }
            pages[number] = (char) (place >>> SHIFT);
        }
        entries = kept;
        System.arraycopy(entries, pages[0] << SHIFT, ascii, 0, ASCII);
    }

    private static int find(byte[] kept, byte[] page) {
        for (int at = 0; at < kept.length; at += page.length) {
            if (Arrays.equals(kept, at, at + page.length, page, 0, page.length)) {
                return at;
            }
        }
        return kept.length;
    }

    private static int classify(int codePoint) {
        int category = Unicode.generalCategory(codePoint);
        int bits =
                switch (category) {
                    case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | UPPER;
                    case Character.LOWERCASE_LETTER -> LETTER | LOWER;
                    case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER | UPPER | LOWER;
                    default -> 0;
                };
        if (bits != 0) {
            return bits;
        }
        if (Unicode.isNumber(codePoint)) {
            return NUMBER;
        }
        if (Unicode.isWhiteSpace(codePoint)) {
            return SPACE | (codePoint == '\n' || codePoint == '\r' ? NEWLINE : 0);
        }
        return OTHER | (Unicode.isMark(codePoint) ? UPPER | LOWER : 0);
    }

    /** The bits of the character that starts at a place. */
    int at(byte[] utf8, int at) {
        byte lead = utf8[at];
        return lead >= 0 ? ascii[lead] : entries[place(utf8, at, lead)];
    }

    /** The bits of an ASCII byte. */
    int ofAscii(byte value) {
        return ascii[value];
    }

    private int place(byte[] utf8, int at, byte lead) {
        int codePoint;
        if (lead < (byte) 0xe0) {
            codePoint = (lead & 0x1f) << 6 | utf8[at + 1] & 0x3f;
        } else if (lead < (byte) 0xf0) {
            codePoint = (lead & 0x0f) << 12 | (utf8[at + 1] & 0x3f) << 6 | utf8[at + 2] & 0x3f;
        } else {
            codePoint = (lead & 0x07) << 18
                    | (utf8[at + 1] & 0x3f) << 12
                    | (utf8[at + 2] & 0x3f) << 6
                    | utf8[at + 3] & 0x3f;
        }
        return pages[codePoint >>> SHIFT] << SHIFT | codePoint & (1 << SHIFT) - 1;
    }

    /** Bytes of the character with this first byte. */
    static int length(byte lead) {
        return lead >= 0 ? 1 : lead < (byte) 0xe0 ? 2 : lead < (byte) 0xf0 ? 3 : 4;
    }

    /** The end of the run of characters that have one of the bits, from a place on; the place itself if none has. */
    int runEnd(byte[] utf8, int from, int end, int bits) {
        int at = from;
        while (at < end) {
            byte lead = utf8[at];
            if (lead >= 0) {
                if ((ascii[lead] & bits) == 0) {
                    return at;
                }
                at++;
            } else {
                if ((entries[place(utf8, at, lead)] & bits) == 0) {
                    return at;
                }
                at += length(lead);
            }
        }
        return at;
    }
}
