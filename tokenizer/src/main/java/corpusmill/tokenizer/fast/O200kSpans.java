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

    private final int digits;
    private final boolean contractions;

    O200kSpans(int digits, boolean contractions) {
        super(CharClasses.STANDARD);
        this.digits = digits;
        this.contractions = contractions;
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
