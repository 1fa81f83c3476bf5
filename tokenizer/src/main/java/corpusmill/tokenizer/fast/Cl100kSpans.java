package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NEWLINE;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;

/**
 * <code>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 * </code>, or with single digits.
 */
final class Cl100kSpans extends BlockSpans {
    private final int digits;

    /**
     * Pieces of cl100k.
     *
     * @param digits most numbers of a piece
     */
    Cl100kSpans(int digits) {
        this(digits, BlockClassifiers.fastest());
    }

    Cl100kSpans(int digits, BlockClassifier block) {
        super(CharClasses.STANDARD, block);
        this.digits = digits;
    }

    @Override
    boolean countsNumbers() {
        return true;
    }

    @Override
    long starts(byte[] utf8, int at, int end) {
        long letters = block.letters;
        long numbers = block.numbers;
        long spaces = block.spaces;
        long blanks = block.blanks;
        long others = ~(letters | numbers | spaces);
        long lines = newlines(utf8, at);
        // Newlines right behind others belong to them.
        long first = lines & others << 1;
        long absorbed = lines & (lines ^ lines + first);
        long runs = spaces & ~absorbed;
        long ends = lines & ~absorbed;
        long inner = runs & ~lines;
        long afterLines = inner & ends << 1;
        long followed = (inner + afterLines & ~inner) & ends;
        if (followed != 0 && valid > Long.numberOfTrailingZeros(afterLines)) {
            // White space between newlines: which newline is the last shows behind it.
            valid = Long.numberOfTrailingZeros(afterLines);
        }
        long alone = others & ~(others << 1 | blanks << 1);
        long second = alone << 1;
        // Where the character behind an other one begins, if that one stands at a piece's start: a letter goes with it.
        long joined = (second & ~behind | behind + (second & behind) & ~behind) & letters;
        long starts = letters & ~(letters << 1 | inner << 1 | joined)
                | others & ~(others << 1 | blanks << 1)
                | runs & ~(runs << 1)
                | inner & ~(runs >>> 1)
                | afterLines
                | groups(numbers);
        for (long left = block.apostrophes & starts & letters >>> 1; left != 0; left &= left - 1) {
            int place = Long.numberOfTrailingZeros(left);
            int width = Contractions.anyCase(utf8, at + place, end) - at - place;
            if (width > 0) {
                starts |= 1L << place << width;
            }
        }
        return certain(starts, runs);
    }

    /** Numbers by one, or by three from the start of their run. */
    private long groups(long numbers) {
        if (digits == 1) {
            return numbers;
        }
        long starts = numbers & ~(numbers << 1);
        long fourth = numbers & numbers << 1 & numbers << 2 & numbers << 3;
        for (long next = starts << 3 & fourth; next != 0; next = next << 3 & fourth) {
            starts |= next;
        }
        return starts;
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
