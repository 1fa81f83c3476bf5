package corpusmill.tokenizer.unicode;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Two-stage tables: a code point's page number, then the page's entry. Equal pages are held once.
 *
 * <p>The resource is two lists of runs that cover 0 to 0x10FFFF: properties, then distances to the simple case folding.
 * A run is a length (7 bits a byte, low ones first, high bit set on all but the last byte) and a value: one byte, or a
 * big-endian int.
 *
 * @param pages for each page of code points, the place of its properties
 * @param properties {@link #CATEGORY}, {@link #WHITE_SPACE}, {@link #UNSPACED} bits
 * @param foldPages for each page of code points, the place of its folds
 * @param folds what to add to a code point to fold it
 */
@SuppressWarnings("ArrayRecordComponent") // one instance, never compared
record UnicodeTables(char[] pages, byte[] properties, char[] foldPages, int[] folds) {
    static final String RESOURCE = "unicode-16.0.bin";
    static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;
    static final int CATEGORY = 0x1f;
    static final int WHITE_SPACE = 0x20;
    static final int UNSPACED = 0x40;
    static final int SHIFT = 7;
    static final int MASK = (1 << SHIFT) - 1;

    static UnicodeTables load() {
        try (InputStream resource = UnicodeTables.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return read(new DataInputStream(new BufferedInputStream(resource)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnicodeTables read(DataInputStream in) throws IOException {
        int[] properties = new int[CODE_POINTS];
        for (int at = 0; at < CODE_POINTS; ) {
            int end = at + length(in);
            Arrays.fill(properties, at, end, in.readByte());
            at = end;
        }
        int[] folds = new int[CODE_POINTS];
        for (int at = 0; at < CODE_POINTS; ) {
            int end = at + length(in);
            Arrays.fill(folds, at, end, in.readInt());
            at = end;
        }
        char[] pages = new char[CODE_POINTS >>> SHIFT];
        int[] kept = share(properties, pages);
        char[] foldPages = new char[CODE_POINTS >>> SHIFT];
        return new UnicodeTables(pages, bytes(kept), foldPages, share(folds, foldPages));
    }

    /** Values that fit, as bytes. */
    static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The length of the next run. */
    static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return length;
            }
        }
    }

    /** Fills {@code pages} and returns the pages that differ, one after another. */
    static int[] share(int[] values, char[] pages) {
        Map<Integer, Integer> seen = new HashMap<>();
        int[] kept = new int[0];
        for (int page = 0; page < pages.length; page++) {
            int[] entries = Arrays.copyOfRange(values, page << SHIFT, (page + 1) << SHIFT);
            int place = kept.length >>> SHIFT;
            int hash = Arrays.hashCode(entries);
            Integer other = seen.putIfAbsent(hash, place);
            if (other == null || !same(kept, other, entries)) {
                kept = Arrays.copyOf(kept, kept.length + entries.length);
                System.arraycopy(entries, 0, kept, place << SHIFT, entries.length);
            } else {
                place = other;
            }
            pages[page] = (char) place;
        }
        return kept;
    }

    private static boolean same(int[] kept, int place, int[] entries) {
        int start = place << SHIFT;
        return Arrays.equals(kept, start, start + entries.length, entries, 0, entries.length);
    }
}
