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
