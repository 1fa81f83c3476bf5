package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.LOWER;
import static corpusmill.tokenizer.fast.CharClasses.NEWLINE;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;
import static corpusmill.tokenizer.fast.CharClasses.UPPER;

/**
 * Words by the case of their letters. With U = {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}, W =
 * {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}, X = {@code [^\r\n\p{L}\p{N}]} and C = {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)}:
 * <code>X?U*W+C?|X?U+W*C?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+</code>, or without
 * contractions and with single digits.
 */
final class O200kSpans extends ScalarSpans {
    private static final int NONE = -1;
    private static final byte[] PREFIXES = Words.prefixes(CharClasses.STANDARD);

    private final int digits;
    private final boolean contractions;

    O200kSpans(int digits, boolean contractions) {
        super(CharClasses.STANDARD);
        this.digits = digits;
        this.contractions = contractions;
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

    /**
     * Notes a word of at most 15 ASCII characters if one starts at a place: perhaps a prefix, then capitals, then small
     * letters; the capitals end within the first eight bytes, and no apostrophe follows that may start a contraction.
     */
    private boolean word(byte[] utf8, int at, Pieces pieces, int count) {
        long eight = Keys.load(utf8, at);
        int prefix = PREFIXES[(int) eight & 0xff] & 0x80;
        long small = Words.lower(eight);
        long others = Words.HIGH & ~(Words.upper(eight) | prefix);
        long first = others & -others;
        long stops = (small & first) == 0 ? first : Words.HIGH & ~small & -first;
        if (stops != 0) {
            long stop = stops & -stops;
            int length = Long.numberOfTrailingZeros(stop) >>> 3;
            if ((eight & stop) != 0 || length <= prefix >>> 7 || isContracted(utf8[at + length])) {
                return false;
            }
            pieces.put(count, at + length, eight & (stop >>> 7) - 1, (long) length << 56);
            return true;
        }
        return first != 0
                && Words.rest(utf8, at, eight, Words.HIGH & ~Words.lower(Keys.load(utf8, at + 8)), pieces, count)
                && !isContracted(utf8[pieces.ends[count]]);
    }

    private boolean isContracted(byte following) {
        return contractions && following == '\'';
    }

    @Override
    int next(byte[] utf8, int at, int end) {
        byte lead = utf8[at];
        int bits = classes.at(utf8, at);
        if ((bits & NUMBER) != 0) {
            return Cl100kSpans.numbers(classes, utf8, at, end, digits);
        }
        int second = at + CharClasses.length(lead);
        boolean prefix = (bits & (LETTER | NEWLINE)) == 0;
        int word = word(utf8, at, prefix ? second : NONE, end);
        if (word != NONE) {
            return contractions && word < end && utf8[word] == '\'' ? Contractions.anyCase(utf8, word, end) : word;
        }
        if ((bits & OTHER) != 0 || (lead == ' ' && second < end && (classes.at(utf8, second) & OTHER) != 0)) {
            int runEnd = classes.runEnd(utf8, second, end, OTHER);
            while (runEnd < end && (utf8[runEnd] == '\n' || utf8[runEnd] == '\r' || utf8[runEnd] == '/')) {
                runEnd++;
            }
            return runEnd;
        }
        return spacesOrLines(utf8, at, end);
    }

    /** X?U*W+ with X, then without; then X?U+W* likewise. */
    private int word(byte[] utf8, int at, int behindPrefix, int end) {
        int word = behindPrefix == NONE ? NONE : endingLower(utf8, behindPrefix, end);
        if (word == NONE && (classes.at(utf8, at) & (UPPER | LOWER)) != 0) {
            word = endingLower(utf8, at, end);
        }
        if (word == NONE && behindPrefix != NONE) {
            word = upper(utf8, behindPrefix, end);
        }
        return word == NONE ? upper(utf8, at, end) : word;
    }

    /** U*W+ or NONE. */
    private int endingLower(byte[] utf8, int from, int end) {
        int upperEnd = classes.runEnd(utf8, from, end, UPPER);
        if (upperEnd < end && (classes.at(utf8, upperEnd) & LOWER) != 0) {
            return classes.runEnd(utf8, upperEnd, end, LOWER);
        }
        for (int last = upperEnd; last > from; ) {
            int following = last;
            last--;
            while ((utf8[last] & 0xc0) == 0x80) {
                last--;
            }
            if ((classes.at(utf8, last) & LOWER) != 0) {
                return following;
            }
        }
        return NONE;
    }

    /** U+, behind which no W stands once {@link #endingLower} found nothing, or NONE. */
    private int upper(byte[] utf8, int from, int end) {
        int upperEnd = classes.runEnd(utf8, from, end, UPPER);
        return upperEnd > from ? upperEnd : NONE;
    }
}
