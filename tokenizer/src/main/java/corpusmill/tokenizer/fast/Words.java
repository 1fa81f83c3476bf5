package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NEWLINE;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;

/**
 * Finds words of ASCII letters in eight bytes at once. A mask has the high bit of every byte that it marks, the first
 * byte of the text in the lowest eight bits. Stateless.
 */
final class Words {
    /** Bytes that the finders load from the start of a piece on. */
    static final int LOAD = 16;

    /** Marks every byte. */
    static final long HIGH = 0x8080808080808080L;

    private static final long ONES = 0x0101010101010101L;
    private static final long CASE = 0x20 * ONES;
    private static final long FROM_A = (0x80 - 'a') * ONES;
    private static final long BEYOND_Z = (0x80 - 'z' - 1) * ONES;

    private Words() {}

    /** Marks what is no ASCII letter. */
    static long stops(long eight) {
        return between(eight, (eight | CASE) & ~HIGH) ^ HIGH;
    }

    /** Marks a to z. */
    static long lower(long eight) {
        return between(eight, eight & ~HIGH);
    }

    /** Marks A to Z. */
    static long upper(long eight) {
        return between(eight, (eight ^ CASE) & ~HIGH);
    }

    private static long between(long eight, long low7) {
        return low7 + FROM_A & ~(low7 + BEYOND_Z) & ~eight & HIGH;
    }

    /**
     * Notes a word of eight bytes and those before the next stop, if a stop follows that is an ASCII character.
     *
     * @param eight the first eight bytes
     * @param stops marks what ends the word in the next eight
     */
    static boolean rest(byte[] utf8, int at, long eight, long stops, Pieces pieces, int count) {
        long stop = stops & -stops;
        long more = Keys.load(utf8, at + 8);
        if (stops == 0 || (more & stop) != 0) {
            return false;
        }
        int length = 8 + (Long.numberOfTrailingZeros(stop) >>> 3);
        pieces.put(count, at + length, eight, more & (stop >>> 7) - 1 | (long) length << 56);
        return true;
    }

    /** For each byte 0x80 if a word of cl100k may have it before its letters: no letter, number or newline; else 0. */
    static byte[] prefixes(CharClasses classes) {
        byte[] prefixes = new byte[256];
        for (int value = 0; value < 0x80; value++) {
            boolean prefix = (classes.ofAscii((byte) value) & (LETTER | NUMBER | NEWLINE)) == 0;
            prefixes[value] = (byte) (prefix ? 0x80 : 0);
        }
        return prefixes;
    }
}
