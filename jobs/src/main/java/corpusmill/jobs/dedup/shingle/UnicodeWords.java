package corpusmill.jobs.dedup.shingle;

import corpusmill.tokenizer.unicode.Unicode;
import java.util.Arrays;

/**
 * Units of {@code auto}: words of letters, marks and numbers, lower-cased by simple case folding; in scripts written
 * without spaces every character is a unit of its own. Everything else separates and is no unit. By the Unicode 16.0
 * tables of the tokenizer, the same on every JDK.
 */
final class UnicodeWords extends Shingler {

    /** The folded form of each ASCII character that may stand in a word, 0 for the others. */
    private static final byte[] ASCII = new byte[128];

    static {
        for (int codePoint = 0; codePoint < ASCII.length; codePoint++) {
            ASCII[codePoint] = inWord(codePoint) ? (byte) Unicode.simpleFold(codePoint) : 0;
        }
    }

    private byte[] word = new byte[256];
    private int length;

    UnicodeWords(int size) {
        super(size);
    }

    @Override
    void units(byte[] utf8, Units units) {
        length = 0;
        for (int at = 0; at < utf8.length; at += Utf8.length(utf8[at])) {
            if (utf8[at] >= 0) {
                ascii(ASCII[utf8[at]], units);
                continue;
            }
            int codePoint = Utf8.codePoint(utf8, at);
            if (!inWord(codePoint)) {
                end(units);
            } else if (Unicode.isUnspacedScript(codePoint)) {
                end(units);
                append(codePoint);
                end(units);
            } else {
                append(Unicode.simpleFold(codePoint));
            }
        }
        end(units);
    }

    private void ascii(byte folded, Units units) {
        if (folded == 0) {
            end(units);
            return;
        }
        if (length == word.length) {
            word = Arrays.copyOf(word, 2 * word.length);
        }
        word[length++] = folded;
    }

    private static boolean inWord(int codePoint) {
        return Unicode.isLetter(codePoint) || Unicode.isNumber(codePoint) || Unicode.isMark(codePoint);
    }

    private void append(int codePoint) {
        if (word.length - length < 4) {
            word = Arrays.copyOf(word, 2 * word.length);
        }
        length = Utf8.put(codePoint, word, length);
    }

    private void end(Units units) {
        if (length > 0) {
            units.add(XxHash64.ofBytes(word, 0, length, XxHash64.SEED));
            length = 0;
        }
    }
}
