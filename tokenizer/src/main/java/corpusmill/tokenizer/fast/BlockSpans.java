package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;

/**
 * Finds the pieces of 64 bytes at once: one bit a byte for each class of characters, the first byte in the lowest bit, and
 * from these, by shifts, one bit for every start of a piece. A block begins at the start of a piece and so depends on
 * nothing before it; its last piece begins the next block. Where a block has no second start, and at a text's end, pieces
 * are found character by character. For one thread.
 */
abstract class BlockSpans extends ScalarSpans {
    /** Bytes of a block. */
    static final int BLOCK = 64;

    private static final long HIGH = Words.HIGH;
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW7 = ~HIGH;
    /** Gathers the lowest bits of eight bytes in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    /** Letters. */
    long letters;
    /** Numbers. */
    long numbers;
    /** White space, newlines included. */
    long spaces;
    /** The blank, U+0020. */
    long blanks;
    /** The apostrophe. */
    long apostrophes;
    /** Bytes of a character behind its first one. */
    long behind;
    /** Bytes of the block that are classified. */
    int valid;

    BlockSpans(CharClasses classes) {
        super(classes);
    }

    /**
     * The starts of pieces in a block whose masks are filled; those that what follows the block might change are left out.
     *
     * @param at start of the block and of a piece
     */
    abstract long starts(byte[] utf8, int at, int end);

    /** Whether a number of more bytes than one ends the block: where numbers are counted. */
    abstract boolean countsNumbers();

    @Override
    public final int fill(byte[] utf8, int from, int end, Pieces pieces) {
        int count = 0;
        int last = end - BLOCK - Words.LOAD;
        int at = from;
        while (at < end && count < Pieces.MOST - BLOCK) {
            if (at <= last) {
                classify(utf8, at);
                long starts = starts(utf8, at, end) & -2;
                if (starts != 0) {
                    count = pieces.put(count, utf8, at, starts);
                    at += 63 - Long.numberOfLeadingZeros(starts);
                    continue;
                }
            }
            int next = next(utf8, at, end);
            pieces.put(count++, utf8, at, next);
            at = next;
        }
        return count;
    }

    private void classify(byte[] utf8, int at) {
        long letterBits = 0;
        long numberBits = 0;
        long spaceBits = 0;
        long blankBits = 0;
        long anyApostrophe = 0;
        long anyHigh = 0;
        for (int shift = 0; shift < BLOCK; shift += 8) {
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
        behind = 0;
        valid = BLOCK;
        if ((anyHigh & HIGH) != 0) {
            classifyOthers(utf8, at);
        }
    }

    /** Marks a value in bytes without their high bits. */
    private static long equal(long low7, int value) {
        return ~((low7 ^ value * ONES) + 0x7f * ONES) & HIGH;
    }

    private static long apostrophes(byte[] utf8, int at) {
        long marks = 0;
        for (int shift = 0; shift < BLOCK; shift += 8) {
            long eight = Keys.load(utf8, at + shift);
            marks |= gather(equal(eight & LOW7, '\'') & ~eight) << shift;
        }
        return marks;
    }

    /** The high bits of eight bytes as eight bits. */
    private static long gather(long marks) {
        return (marks >>> 7) * GATHER >>> 56;
    }

    /** Gives every byte of a character beyond ASCII that character's class; white space beyond ASCII ends the block. */
    private void classifyOthers(byte[] utf8, int at) {
        long high = 0;
        for (int shift = 0; shift < BLOCK; shift += 8) {
            high |= gather(Keys.load(utf8, at + shift) & HIGH) << shift;
        }
        long letterBits = 0;
        long numberBits = 0;
        long heads = 0;
        int ending = countsNumbers() ? LETTER | OTHER : LETTER | OTHER | NUMBER;
        for (long left = high; left != 0; ) {
            int place = Long.numberOfTrailingZeros(left);
            int bits = classes.at(utf8, at + place);
            if ((bits & ending) == 0) {
                valid = place;
                break;
            }
            long bytes = (1L << CharClasses.length(utf8[at + place])) - 1 << place;
            heads |= 1L << place;
            letterBits |= bytes & -(bits & LETTER);
            numberBits |= (bits & NUMBER) == 0 ? 0 : bytes;
            left &= ~bytes;
        }
        letters |= letterBits;
        numbers |= numberBits;
        behind = high & ~heads;
    }

    /** Carriage returns and line feeds. */
    final long newlines(byte[] utf8, int at) {
        long marks = 0;
        for (long left = spaces & ~blanks; left != 0; left &= left - 1) {
            byte value = utf8[at + Long.numberOfTrailingZeros(left)];
            marks |= value == '\n' || value == '\r' ? left & -left : 0;
        }
        return marks;
    }

    /** Starts within what is classified, without those in a run of white space that may go on behind it but its first. */
    final long certain(long starts, long runs) {
        long kept = starts;
        if (valid < BLOCK) {
            if (valid == 0) {
                return 0;
            }
            kept &= (1L << valid) - 1;
        }
        long top = runs << BLOCK - valid;
        if (top < 0) {
            int first = valid - Long.numberOfLeadingZeros(~top);
            kept &= (2L << first) - 1;
        }
        return kept;
    }
}
