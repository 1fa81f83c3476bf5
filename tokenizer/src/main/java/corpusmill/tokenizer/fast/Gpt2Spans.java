package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.LETTER;
import static corpusmill.tokenizer.fast.CharClasses.NUMBER;
import static corpusmill.tokenizer.fast.CharClasses.OTHER;
import static corpusmill.tokenizer.fast.CharClasses.SPACE;

/** {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. */
final class Gpt2Spans extends ScalarSpans {
    Gpt2Spans() {
        super(CharClasses.STANDARD);
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

    /** Notes a word of at most 15 ASCII letters, a blank before them counted, if one starts at a place. */
    private static boolean word(byte[] utf8, int at, Pieces pieces, int count) {
        long eight = Keys.load(utf8, at);
        int blank = (eight & 0xff) == ' ' ? 0x80 : 0;
        long stops = Words.stops(eight) & ~blank;
        if (stops != 0) {
            long stop = stops & -stops;
            int length = Long.numberOfTrailingZeros(stop) >>> 3;
            if ((eight & stop) != 0 || length <= blank >>> 7) {
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
            int contraction = Contractions.lowerCase(utf8, at, end);
            if (contraction > at) {
                return contraction;
            }
        }
        int bits = classes.at(utf8, at);
        if ((bits & SPACE) == 0) {
            return classes.runEnd(utf8, at, end, bits & (LETTER | NUMBER | OTHER));
        }
        if (lead == ' ' && at + 1 < end) {
            int following = classes.at(utf8, at + 1);
            if ((following & SPACE) == 0) {
                return classes.runEnd(utf8, at + 1, end, following & (LETTER | NUMBER | OTHER));
            }
        }
        return spaces(utf8, at, end);
    }
}
