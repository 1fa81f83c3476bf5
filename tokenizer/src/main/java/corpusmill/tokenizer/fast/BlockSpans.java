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

    /** The classes of the block, those beyond ASCII included but for white space. */
    final BlockClassifier block;

    /** Bytes of a character behind its first one. */
    long behind;
    /** Bytes of the block that are classified. */
    int valid;

    BlockSpans(CharClasses classes, BlockClassifier block) {
        super(classes);
        this.block = block;
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
        block.classify(utf8, at);
        behind = 0;
        valid = BLOCK;
        if (block.high != 0) {
            classifyOthers(utf8, at, block.high);
        }
    }

    /** Gives every byte of a character beyond ASCII that character's class; white space beyond ASCII ends the block. */
    private void classifyOthers(byte[] utf8, int at, long high) {
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
        block.letters |= letterBits;
        block.numbers |= numberBits;
        behind = high & ~heads;
    }

    /** Carriage returns and line feeds. */
    final long newlines(byte[] utf8, int at) {
        long marks = 0;
        for (long left = block.spaces & ~block.blanks; left != 0; left &= left - 1) {
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
