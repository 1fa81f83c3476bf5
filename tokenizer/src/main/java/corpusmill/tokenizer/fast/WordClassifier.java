package corpusmill.tokenizer.fast;

/** Classifies eight bytes at once in a long: everywhere. */
final class WordClassifier extends BlockClassifier {
    private static final long HIGH = Words.HIGH;
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW7 = ~HIGH;
    /** Gathers the lowest bits of eight bytes in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    @Override
    void classify(byte[] utf8, int at) {
        long letterBits = 0;
        long numberBits = 0;
        long spaceBits = 0;
        long blankBits = 0;
        long anyApostrophe = 0;
        long anyHigh = 0;
        for (int shift = 0; shift < BlockSpans.BLOCK; shift += 8) {
            long eight = Keys.load(utf8, at + shift);
            long low7 = eight & LOW7;
            long ascii = ~eight & HIGH;
            long folded = low7 | 0x20 * ONES;
            long letter = folded + (0x80 - 'a') * ONES & ~(folded + (0x7f - 'z') * ONES) & ascii;
            long number = low7 + (0x80 - '0') * ONES & ~(low7 + (0x7f - '9') * ONES) & ascii;
            long control = low7 + (0x80 - 9) * ONES & ~(low7 + (0x7f - 13) * ONES) & ascii;
            long blank = equal(low7, ' ') & ascii;
            letterBits |= gather(letter) << shift;
            numberBits |= gather(number) << shift;
            spaceBits |= gather(control | blank) << shift;
            blankBits |= gather(blank) << shift;
            anyApostrophe |= equal(low7, '\'') & ascii;
            anyHigh |= eight;
        }
        letters = letterBits;
        numbers = numberBits;
        spaces = spaceBits;
        blanks = blankBits;
        apostrophes = anyApostrophe == 0 ? 0 : apostrophes(utf8, at);
        high = (anyHigh & HIGH) == 0 ? 0 : high(utf8, at);
    }

    /** Marks a value in bytes without their high bits. */
    private static long equal(long low7, int value) {
        return ~((low7 ^ value * ONES) + 0x7f * ONES) & HIGH;
    }

    private static long apostrophes(byte[] utf8, int at) {
        long marks = 0;
        for (int shift = 0; shift < BlockSpans.BLOCK; shift += 8) {
            long eight = Keys.load(utf8, at + shift);
            marks |= gather(equal(eight & LOW7, '\'') & ~eight) << shift;
        }
        return marks;
    }

    private static long high(byte[] utf8, int at) {
        long marks = 0;
        for (int shift = 0; shift < BlockSpans.BLOCK; shift += 8) {
            marks |= gather(Keys.load(utf8, at + shift) & HIGH) << shift;
        }
        return marks;
    }

    /** The high bits of eight bytes as eight bits. */
    private static long gather(long marks) {
        return (marks >>> 7) * GATHER >>> 56;
    }
}
