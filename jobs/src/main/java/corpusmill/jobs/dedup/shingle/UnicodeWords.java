package corpusmill.jobs.dedup.shingle;

import corpusmill.tokenizer.unicode.Unicode;
import java.util.Arrays;

/**
 * Units of {@code auto}: words of letters, marks and numbers, lower-cased by simple case folding; in scripts written
 * without spaces every character is a unit of its own. Everything else separates and is no unit. By the Unicode 16.0
 * tables of the tokenizer, the same on every JDK.
 */
final class UnicodeWords extends Shingler {

    private byte[] word = new byte[256];
    private int length;

    UnicodeWords(int size) {
        super(size);
    }

    @Override
    void units(byte[] utf8, Sink sink) {
        length = 0;
        for (int at = 0; at < utf8.length; at += Utf8.length(utf8[at])) {
            int codePoint = Utf8.codePoint(utf8, at);
            if (!inWord(codePoint)) {
                end(sink);
            } else if (codePoint >= 0x80 && Unicode.isUnspacedScript(codePoint)) {
                end(sink);
                append(codePoint);
                end(sink);
            } else {
                append(Unicode.simpleFold(codePoint));
            }
        }
        end(sink);
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

    private void end(Sink sink) {
        if (length > 0) {
            sink.shingle(XxHash64.ofBytes(word, 0, length, XxHash64.SEED));
            length = 0;
        }
    }
}
