package corpusmill.formats.shard;

/**
 * Smallest and largest id of the rows of a shard. Not safe for concurrent use. Looks at eight bytes at once: in a word
 * whose lanes hold differences, the highest bit of each lane says whether the id lies in the range found so far, which it
 * nearly always does.
 */
final class IdRange {

    private static final long EVEN = 0x0000ffff_0000ffffL;
    private static final long ABOVE_SHORT = 0x00010000_00010000L;
    private static final long SIGNS = 0x80000000_80000000L;

    private final TokenType type;
    private int min = Integer.MAX_VALUE;
    private int max = -1;

    IdRange(TokenType type) {
        this.type = type;
    }

    /**
     * Takes a row.
     *
     * @return the smallest id of all rows so far; if it is negative, the row holds it and is not counted
     */
    int add(byte[] row) {
        int minBefore = min;
        int maxBefore = max;
        if (max < 0 && row.length > 0) {
            one(row, 0);
        }
        int words = row.length & -Long.BYTES;
        int at = type == TokenType.UINT16 ? shorts(row, words) : ints(row, words);
        for (; at < row.length; at += type.bytes()) {
            one(row, at);
        }
        int least = min;
        if (least < 0) {
            min = minBefore;
            max = maxBefore;
        }
        return least;
    }

    private void one(byte[] row, int at) {
        int id = type.get(row, at / type.bytes());
        min = Math.min(min, id);
        max = Math.max(max, id);
    }

    private void word(byte[] row, int at) {
        for (int byteInWord = 0; byteInWord < Long.BYTES; byteInWord += type.bytes()) {
            one(row, at + byteInWord);
        }
    }

    private int shorts(byte[] row, int words) {
        long least = pair(min);
        long most = pair(max) | ABOVE_SHORT;
        for (int at = 0; at < words; at += Long.BYTES) {
            long ids = (long) LittleEndian.LONG.get(row, at);
            long even = ids & EVEN;
            long odd = ids >>> Short.SIZE & EVEN;
            long inside = most - even & most - odd & (even | ABOVE_SHORT) - least & (odd | ABOVE_SHORT) - least;
            if ((inside & ABOVE_SHORT) != ABOVE_SHORT) {
                word(row, at);
                least = pair(min);
                most = pair(max) | ABOVE_SHORT;
            }
        }
        return words;
    }

    private int ints(byte[] row, int words) {
        for (int at = 0; at < words && min >= 0; at += Long.BYTES) {
            long ids = (long) LittleEndian.LONG.get(row, at);
            long inside = (pair(max) | SIGNS) - (ids & ~SIGNS) & (ids | SIGNS) - pair(min) & ~ids;
            if ((inside & SIGNS) != SIGNS) {
                word(row, at);
            }
        }
        return words;
    }

    private static long pair(int id) {
        return (long) id << Integer.SIZE | id;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }
}
