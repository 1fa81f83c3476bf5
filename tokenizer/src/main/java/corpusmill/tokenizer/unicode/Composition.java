package corpusmill.tokenizer.unicode;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Canonical decomposition and composition of the characters that Unicode 9 held, which are the same in every later
 * version; Hangul syllables are computed (The Unicode Standard 16.0, sections 3.11 and 3.12). The tables come from ICU4J
 * 76.1. Immutable, about 60 kB, for any number of threads.
 *
 * <p>The resource is three lists, each behind its length as a big-endian short: rows of ints behind their number as a
 * byte. A character and its combining class; a character and its full decomposition; two characters and what they make.
 */
final class Composition {
    static final String RESOURCE = "nfc-composition-16.0.bin";

    /** The tables. */
    static final Composition TABLES = load();

    private static final int NONE = -1;
    private static final int SYLLABLES = 0xAC00;
    private static final int LEADING = 0x1100;
    private static final int VOWELS = 0x1161;
    /** One before the first: no trailing consonant. */
    private static final int TRAILING = 0x11A7;

    private static final int LEADING_COUNT = 19;
    private static final int VOWEL_COUNT = 21;
    private static final int TRAILING_COUNT = 28;
    private static final int SYLLABLE_COUNT = LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT;

    private final int[] marks;
    private final int[] classes;
    private final int[] decomposed;
    private final int[][] parts;
    private final long[] pairs;
    private final int[] composites;

    private Composition(int[][] classRows, int[][] decompositions, int[][] compositions) {
        marks = Arrays.stream(classRows).mapToInt(row -> row[0]).toArray();
        classes = Arrays.stream(classRows).mapToInt(row -> row[1]).toArray();
        decomposed = Arrays.stream(decompositions).mapToInt(row -> row[0]).toArray();
        parts = Arrays.stream(decompositions)
                .map(row -> Arrays.copyOfRange(row, 1, row.length))
                .toArray(int[][]::new);
        pairs = Arrays.stream(compositions)
                .mapToLong(row -> pair(row[0], row[1]))
                .toArray();
        composites = Arrays.stream(compositions).mapToInt(row -> row[2]).toArray();
    }

    private static Composition load() {
        try (InputStream resource = Composition.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(resource));
            return new Composition(rows(in), rows(in), rows(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[][] rows(DataInputStream in) throws IOException {
        int[][] rows = new int[in.readUnsignedShort()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new int[in.readUnsignedByte()];
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = in.readInt();
            }
        }
        return rows;
    }

    private static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    /** Canonical combining class. */
    int combiningClass(int codePoint) {
        int place = Arrays.binarySearch(marks, codePoint);
        return place < 0 ? 0 : classes[place];
    }

    /** Writes the full decomposition, at most four code points, and returns how many there are. */
    int decompose(int codePoint, int[] into, int at) {
        int syllable = codePoint - SYLLABLES;
        if (syllable >= 0 && syllable < SYLLABLE_COUNT) {
            into[at] = LEADING + syllable / (VOWEL_COUNT * TRAILING_COUNT);
            into[at + 1] = VOWELS + syllable / TRAILING_COUNT % VOWEL_COUNT;
            into[at + 2] = TRAILING + syllable % TRAILING_COUNT;
            return syllable % TRAILING_COUNT == 0 ? 2 : 3;
        }
        int place = Arrays.binarySearch(decomposed, codePoint);
        if (place < 0) {
            into[at] = codePoint;
            return 1;
        }
        System.arraycopy(parts[place], 0, into, at, parts[place].length);
        return parts[place].length;
    }

    /** What two characters make, or a negative number. */
    int compose(int first, int second) {
        int leading = first - LEADING;
        int vowel = second - VOWELS;
        if (leading >= 0 && leading < LEADING_COUNT && vowel >= 0 && vowel < VOWEL_COUNT) {
            return SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT;
        }
        int syllable = first - SYLLABLES;
        int trailing = second - TRAILING;
        if (syllable >= 0
                && syllable < SYLLABLE_COUNT
                && syllable % TRAILING_COUNT == 0
                && trailing > 0
                && trailing < TRAILING_COUNT) {
            return first + trailing;
        }
        int place = Arrays.binarySearch(pairs, pair(first, second));
        return place < 0 ? NONE : composites[place];
    }
}
