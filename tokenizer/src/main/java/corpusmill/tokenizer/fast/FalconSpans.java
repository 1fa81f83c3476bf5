package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.unicode.Unicode;
import java.util.Arrays;

/**
 * Falcon's four steps: runs of punctuation stand apart, then the pieces of GPT-2 within each stretch, then runs of numbers
 * stand apart, then every three digits. The last two look at the characters that spell bytes, of which ten are digits
 * and six more are numbers: a piece may end within a character.
 */
final class FalconSpans implements Spans {
    private static final int DIGITS = 3;
    private static final boolean[] NUMERIC = numeric();
    private static final boolean[] ASCII_PUNCTUATION = asciiPunctuation();
    private static final int PUNCTUATION = 1 << Character.CONNECTOR_PUNCTUATION
            | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION
            | 1 << Character.END_PUNCTUATION
            | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION
            | 1 << Character.OTHER_PUNCTUATION;

    /** First and last of the ranges that are punctuation since Unicode 9, which the reference engine does not know. */
    private static final int[] RECENT = {
        0x61D, 0x61D, 0x9FD, 0x9FD, 0xA76, 0xA76, 0xC77, 0xC77, 0xC84, 0xC84, 0x1B4E, 0x1B4F,
        0x1B7D, 0x1B7F, 0x2E43, 0x2E4F, 0x2E52, 0x2E5D, 0x10D6E, 0x10D6E, 0x10EAD, 0x10EAD, 0x10F55, 0x10F59,
        0x10F86, 0x10F89, 0x113D4, 0x113D5, 0x113D7, 0x113D8, 0x1144B, 0x1144F, 0x1145A, 0x1145B, 0x1145D, 0x1145D,
        0x11660, 0x1166C, 0x116B9, 0x116B9, 0x1183B, 0x1183B, 0x11944, 0x11946, 0x119E2, 0x119E2, 0x11A3F, 0x11A46,
        0x11A9A, 0x11A9C, 0x11A9E, 0x11AA2, 0x11B00, 0x11B09, 0x11BE1, 0x11BE1, 0x11C41, 0x11C45, 0x11C70, 0x11C71,
        0x11EF7, 0x11EF8, 0x11F43, 0x11F4F, 0x11FFF, 0x11FFF, 0x12FF1, 0x12FF2, 0x16D6D, 0x16D6F, 0x16E97, 0x16E9A,
        0x16FE2, 0x16FE2, 0x1E5FF, 0x1E5FF, 0x1E95E, 0x1E95F
    };
    /** Punctuation up to Unicode 11, a symbol since. */
    private static final int CANADIAN_SYLLABICS_CHI_SIGN = 0x166D;

    private final Gpt2Spans pieces = new Gpt2Spans();
    private int stretchEnd;
    private int pieceEnd;

    private static boolean[] numeric() {
        boolean[] numeric = new boolean[256];
        for (int value : new int[] {0xb2, 0xb3, 0xb9, 0xbc, 0xbd, 0xbe}) { // superscripts and fractions of Latin-1
            numeric[value] = true;
        }
        for (int value = '0'; value <= '9'; value++) {
            numeric[value] = true;
        }
        return numeric;
    }

    private static boolean[] asciiPunctuation() {
        boolean[] punctuation = new boolean[128];
        for (int value = '!'; value <= '~'; value++) {
            punctuation[value] = !Character.isLetterOrDigit(value);
        }
        return punctuation;
    }

    @Override
    public void reset() {
        stretchEnd = 0;
        pieceEnd = 0;
    }

    @Override
    public int fill(byte[] utf8, int from, int end, Pieces found) {
        int count = 0;
        for (int at = from; at < end && count < Pieces.MOST; at = found.ends[count++]) {
            if (at >= pieceEnd) {
                if (at >= stretchEnd) {
                    stretchEnd = stretch(utf8, at, end);
                }
                pieceEnd = pieces.next(utf8, at, stretchEnd);
            }
            found.put(count, utf8, at, numbersApart(utf8, at, pieceEnd));
        }
        return count;
    }

    private static int stretch(byte[] utf8, int from, int end) {
        boolean punctuation = isPunctuation(utf8, from);
        int at = from;
        while (at < end && isPunctuation(utf8, at) == punctuation) {
            at += CharClasses.length(utf8[at]);
        }
        return at;
    }

    private static boolean isPunctuation(byte[] utf8, int at) {
        return utf8[at] >= 0 ? ASCII_PUNCTUATION[utf8[at]] : isPunctuation(Utf8.codePoint(utf8, at));
    }

    /** As in Unicode 8, which the reference engine's pre-tokenizer has its categories from. */
    private static boolean isPunctuation(int codePoint) {
        if ((PUNCTUATION >>> Unicode.generalCategory(codePoint) & 1) == 0) {
            return codePoint == CANADIAN_SYLLABICS_CHI_SIGN;
        }
        int place = Arrays.binarySearch(RECENT, codePoint);
        return place < 0 && (-place - 1 & 1) == 0;
    }

    /** The end of the part that starts at a place of a piece. */
    private static int numbersApart(byte[] utf8, int from, int end) {
        boolean numeric = NUMERIC[utf8[from] & 0xff];
        if (numeric && threeDigits(utf8, from, end)) {
            return from + DIGITS;
        }
        int at = from + 1;
        while (at < end && NUMERIC[utf8[at] & 0xff] == numeric && !(numeric && threeDigits(utf8, at, end))) {
            at++;
        }
        return at;
    }

    private static boolean threeDigits(byte[] utf8, int at, int end) {
        return at + DIGITS <= end && isDigit(utf8[at]) && isDigit(utf8[at + 1]) && isDigit(utf8[at + 2]);
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
