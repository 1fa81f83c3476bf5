package corpusmill.tokenizer.unicode;

import java.util.Arrays;

/**
 * Brings short stretches of text into normalisation form C: decompose, sort by combining class, compose (The Unicode
 * Standard 16.0, D118 and D117). For one thread; holds three ints and a long for each character of the longest stretch.
 */
public final class NfcBuffer {
    private static final int LONGEST_DECOMPOSITION = 4;
    private static final int KEPT = 1 << 12;
    private static final int CLASS_SHIFT = 52;
    private static final int PLACE_SHIFT = 21;
    private static final int CODE_POINT = (1 << PLACE_SHIFT) - 1;

    private int[] characters = new int[64];
    private int size;

    /** Forgets the stretch before. */
    public void clear() {
        if (characters.length > KEPT) {
            characters = new int[64];
        }
        size = 0;
    }

    /** Appends a character of the stretch, which must not be {@link Nfc#RECENT}. */
    public void add(int codePoint) {
        if (characters.length - size < LONGEST_DECOMPOSITION) {
            characters = Arrays.copyOf(characters, 2 * characters.length);
        }
        size += Composition.TABLES.decompose(codePoint, characters, size);
    }

    /** Normalises the stretch; {@link #get} has it then. */
    public void normalize() {
        int[] classes = sorted();
        int kept = 0;
        int starter = -1;
        int lastClass = -1;
        for (int at = 0; at < size; at++) {
            int own = classes[at];
            int composite = starter >= 0 && (lastClass < own || lastClass == -1)
                    ? Composition.TABLES.compose(characters[starter], characters[at])
                    : -1;
            if (composite >= 0) {
                characters[starter] = composite;
                continue;
            }
            if (own == 0) {
                starter = kept;
                lastClass = -1;
            } else {
                lastClass = own;
            }
            characters[kept++] = characters[at];
        }
        size = kept;
    }

    /** Sorts each run of marks by class, equal ones staying in order; gives the class of every place. */
    private int[] sorted() {
        int[] classes = new int[size];
        for (int at = 0; at < size; at++) {
            classes[at] = Composition.TABLES.combiningClass(characters[at]);
        }
        for (int at = 0; at < size; at++) {
            int end = at;
            boolean ordered = true;
            for (; end < size && classes[end] != 0; end++) {
                ordered &= end == at || classes[end - 1] <= classes[end];
            }
            if (!ordered) {
                sort(classes, at, end);
            }
            at = end;
        }
        return classes;
    }

    private void sort(int[] classes, int from, int end) {
        long[] keys = new long[end - from];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) classes[from + i] << CLASS_SHIFT | (long) i << PLACE_SHIFT | characters[from + i];
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            classes[from + i] = (int) (keys[i] >>> CLASS_SHIFT);
            characters[from + i] = (int) keys[i] & CODE_POINT;
        }
    }

    /** The number of characters. */
    public int size() {
        return size;
    }

    /** A character. */
    public int get(int place) {
        return characters[place];
    }
}
