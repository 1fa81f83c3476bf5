package corpusmill.tokenizer.fast;

import java.util.Arrays;

/**
 * Merges pieces of any length window by window, in a time that grows with the length and in caches that hold a window. For
 * one thread.
 *
 * <p>Why the ids are those of merging the whole: no merge crosses the border between two ids that, merged from their
 * bytes alone, stay two. For every merge that the whole makes within the two is the one that the two alone would make at
 * that moment, since theirs are among the merges that the whole chooses from; so the first merge across the border would
 * be made by the two alone as well. A window is kept up to some ids before its end, and the next one begins there; the
 * two ids at the border must stay two. Where they do not, a longer window takes their place, and in the end the whole.
 */
final class Windows {
    /** Bytes of a window. */
    static final int LENGTH = Merger.SHORT;
    /** Least bytes at a window's end that are merged again with what follows. */
    private static final int TAIL = 32;

    private static final int LONGEST = 64 * LENGTH;
    private static final int NONE = -1;

    private final Merger merger;
    private final Alphabet alphabet;
    private final TokenWidths widths;
    private final int[] pair = new int[LONGEST];
    private int[] ids = new int[LENGTH];
    private int count;
    private int windowAt;
    private int windowEnd;

    Windows(FastModel model, Merger merger) {
        this.merger = merger;
        this.alphabet = model.alphabet();
        this.widths = model.widths();
    }

    /**
     * Merges a piece.
     *
     * @param into receives the ids; has room for one a byte
     * @return how many ids there are
     */
    int merge(byte[] utf8, int from, int end, int[] into) {
        int written = widths.areKnown(utf8, from, end) ? windows(utf8, from, end, into) : NONE;
        return written == NONE ? merger.merge(alphabet, utf8, from, end, into) : written;
    }

    private int windows(byte[] utf8, int from, int end, int[] into) {
        windowAt = from;
        windowEnd = from;
        int written = 0;
        int kept = 0;
        int keptLength = 0;
        int follower = NONE;
        int at = from;
        int usual = LENGTH;
        for (int length = LENGTH; length <= LONGEST; ) {
            merge(utf8, at, stop(utf8, at, end, length));
            if (written > 0 && ids[0] != follower && !stay(utf8, at, into[written - 1], ids[0])) {
                if (kept == 0) {
                    return NONE;
                }
                // Nothing was kept for sure but what lies before the last window.
                written -= kept;
                at -= width(into, written, kept);
                kept = 0;
                follower = NONE;
                length = 2 * keptLength;
                continue;
            }
            boolean last = windowEnd == end;
            int number = last ? count : number(utf8);
            if (number == 0) {
                usual *= 2;
                length *= 2;
                continue;
            }
            System.arraycopy(ids, 0, into, written, number);
            written += number;
            if (last) {
                return written;
            }
            kept = number;
            keptLength = length;
            follower = ids[number];
            at += width(ids, 0, number);
            length = usual;
        }
        return NONE;
    }

    /** The end of a window: not within a character. */
    private static int stop(byte[] utf8, int at, int end, int length) {
        if (end - at <= length) {
            return end;
        }
        int stop = at + length;
        while ((utf8[stop] & 0xc0) == 0x80) {
            stop--;
        }
        return stop;
    }

    private void merge(byte[] utf8, int at, int stop) {
        if (!Arrays.equals(utf8, at, stop, utf8, windowAt, windowEnd)) {
            if (ids.length < stop - at) {
                ids = new int[stop - at];
            }
            count = merger.merge(alphabet, utf8, at, stop, ids);
        }
        windowAt = at;
        windowEnd = stop;
    }

    /** How many ids of a window are kept: the tail stays away, and none ends within a character. */
    private int number(byte[] utf8) {
        int end = windowEnd;
        for (int number = count - 1; number > 0; number--) {
            end -= widths.of(ids[number]);
            if (windowEnd - end >= TAIL && (utf8[end] & 0xc0) != 0x80) {
                return number;
            }
        }
        return 0;
    }

    /** Whether two ids stay two when their bytes, which meet at a place, are merged alone. */
    private boolean stay(byte[] utf8, int border, int left, int right) {
        int from = border - widths.of(left);
        int end = border + widths.of(right);
        return end - from <= pair.length
                && merger.merge(alphabet, utf8, from, end, pair) == 2
                && pair[0] == left
                && pair[1] == right;
    }

    private int width(int[] tokens, int from, int number) {
        int width = 0;
        for (int i = from; i < from + number; i++) {
            width += widths.of(tokens[i]);
        }
        return width;
    }
}
