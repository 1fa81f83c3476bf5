package corpusmill.tokenizer.fast;

import static corpusmill.tokenizer.fast.CharClasses.SPACE;

/**
 * Pieces found one after another; each depends on nothing before it. Most pieces of most texts are words of ASCII
 * letters: {@link #fill} finds those in eight bytes at once, {@link #next} all others, character by character.
 */
abstract class ScalarSpans implements Spans {
    final CharClasses classes;

    ScalarSpans(CharClasses classes) {
        this.classes = classes;
    }

    /** The end of the piece that starts at a place. */
    abstract int next(byte[] utf8, int at, int end);

    /** {@code \s+(?!\S)|\s+} at white space: the run without its last character, unless that is all or the text ends. */
    final int spaces(byte[] utf8, int at, int end) {
        int runEnd = classes.runEnd(utf8, at, end, SPACE);
        return runEnd == end ? end : withoutLast(utf8, at, runEnd);
    }

    /** The run without its last character if it has more than one. */
    static int withoutLast(byte[] utf8, int at, int runEnd) {
        int last = runEnd - 1;
        while ((utf8[last] & 0xc0) == 0x80) {
            last--;
        }
        return last > at ? last : runEnd;
    }

    /** {@code \s*[\r\n]+|\s+(?!\S)|\s+} at white space: up to the run's last newline, if it has one. */
    final int spacesOrLines(byte[] utf8, int at, int end) {
        int runEnd = classes.runEnd(utf8, at, end, SPACE);
        for (int last = runEnd - 1; last >= at; last--) {
            if (utf8[last] == '\n' || utf8[last] == '\r') {
                return last + 1;
            }
        }
        return runEnd == end ? end : withoutLast(utf8, at, runEnd);
    }
}
