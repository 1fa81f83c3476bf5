package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NEWLINE;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;

/**
 * <code>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 * </code>, or with single digits.
 */
final class Cl100kSpans extends ScalarSpans {
    private static final byte[] PREFIXES = prefixes();

    private final int digits;

    /**
     * Pieces of cl100k.
     *
     * @param digits most numbers of a piece
     */
    Cl100kSpans(int digits) {
        super(CharClasses.STANDARD);
        this.digits = digits;
    }

    /** Not the apostrophe, which may start a contraction. */
    private static byte[] prefixes() {
        byte[] prefixes = Words.prefixes(CharClasses.STANDARD);
        prefixes['\''] = 0;
        return prefixes;
    }

    @Override
    public int fill(byte[] utf8, int from, int end, Pieces pieces) {
        int count = 0;
        int last = end - Words.LOAD;
        for (int at = from; at < end && count < Pieces.MOST; at = pieces.ends[count++]) {
            if (at > last || !word(utf8, at, pieces, count)) {
                pieces.put(count, utf8, at, next(utf8, at, end));
            }
        }
        return count;
    }

    /** Notes a word of at most 15 ASCII letters, a character before them counted, if one starts at a place. */
    private static boolean word(byte[] utf8, int at, Pieces pieces, int count) {
        long eight = Keys.load(utf8, at);
        int prefix = PREFIXES[(int) eight & 0xff] & 0x80;
        long stops = Words.stops(eight) & ~prefix;
        if (stops != 0) {
            long stop = stops & -stops;
            int length = Long.numberOfTrailingZeros(stop) >>> 3;
            if ((eight & stop) != 0 || length <= prefix >>> 7) {
                return false;
            }
            pieces.put(count, at + length, eight & (stop >>> 7) - 1, (long) length << 56);
            return true;
        }
        return Words.rest(utf8, at, eight, Words.stops(Keys.load(utf8, at + 8)), pieces, count);
    }

    @Override
    int next(byte[] utf8, int at, int end) {
        byte lead = utf8[at];
        if (lead == '\'') {
            int contraction = Contractions.anyCase(utf8, at, end);
            if (contraction > at) {
                return contraction;
            }
        }
        int bits = classes.at(utf8, at);
        if ((bits & LETTER) != 0) {
            return classes.runEnd(utf8, at, end, LETTER);
        }
        if ((bits & NUMBER) != 0) {
            return numbers(classes, utf8, at, end, digits);
        }
        int second = at + CharClasses.length(lead);
        int following = second < end ? classes.at(utf8, second) : 0;
        if ((bits & NEWLINE) == 0 && (following & LETTER) != 0) {
            return classes.runEnd(utf8, second, end, LETTER);
        }
        if ((bits & OTHER) != 0 || (lead == ' ' && (following & OTHER) != 0)) {
            return classes.runEnd(utf8, classes.runEnd(utf8, second, end, OTHER), end, NEWLINE);
        }
        return spacesOrLines(utf8, at, end);
    }

    /** The end of a run of numbers, or of its first few. */
    static int numbers(CharClasses classes, byte[] utf8, int from, int end, int most) {
        int at = from;
        for (int i = 0; i < most && at < end && (classes.at(utf8, at) & NUMBER) != 0; i++) {
            at += CharClasses.length(utf8[at]);
        }
        return at;
    }
}
