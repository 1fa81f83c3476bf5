package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;
import static corpusmill.tokenizer.fast.CharClasses.PUNCTUATION;
import static corpusmill.tokenizer.fast.CharClasses.SPACE;

/**
 * Runs of punctuation apart; the rest by the pattern of GPT-2, for which a text ends before punctuation; then, among the
 * bytes as byte-level BPE spells them, runs of numbers apart (six bytes above 0x7f are spelled by a number such as ² or
 * ½), and in those every three ASCII digits.
 */
final class FalconSpans implements Spans {
    private final CharClasses classes = CharClasses.withPunctuation();
    private int pieceEnd;

    @Override
    public void reset() {
        pieceEnd = 0;
    }

    @Override
    public int fill(byte[] utf8, int from, int end, int[] ends) {
        int count = 0;
        for (int at = from; at < end && count < ends.length; ) {
            if (at >= pieceEnd) {
                pieceEnd = next(utf8, at, end);
            }
            at = part(utf8, at, pieceEnd);
            ends[count++] = at;
        }
        return count;
    }

    private int next(byte[] utf8, int at, int end) {
        byte lead = utf8[at];
        int bits = classes.at(utf8, at);
        if ((bits & SPACE) == 0) {
            return classes.runEnd(utf8, at, end, bits & (LETTER | NUMBER | OTHER | PUNCTUATION));
        }
        if (lead == ' ' && at + 1 < end) {
            int following = classes.at(utf8, at + 1) & (LETTER | NUMBER | OTHER);
            if (following != 0) {
                return classes.runEnd(utf8, at + 1, end, following);
            }
        }
        int runEnd = classes.runEnd(utf8, at, end, SPACE);
        boolean last = runEnd == end || (classes.at(utf8, runEnd) & PUNCTUATION) != 0;
        return last ? runEnd : ScalarSpans.withoutLast(utf8, at, runEnd);
    }

    private static int part(byte[] utf8, int from, int end) {
        int at = from;
        if (!isNumber(utf8[at])) {
            while (at < end && !isNumber(utf8[at])) {
                at++;
            }
            return at;
        }
        while (at < end && isNumber(utf8[at])) {
            if (isTriple(utf8, at, end)) {
                return at == from ? at + 3 : at;
            }
            at++;
        }
        return at;
    }

    private static boolean isTriple(byte[] utf8, int at, int end) {
        return at + 2 < end && isDigit(utf8[at]) && isDigit(utf8[at + 1]) && isDigit(utf8[at + 2]);
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static boolean isNumber(byte value) {
        return isDigit(value)
                || value == (byte) 0xb2
                || value == (byte) 0xb3
                || value == (byte) 0xb9
                || (value >= (byte) 0xbc && value <= (byte) 0xbe);
    }
}
