package corpusmill.tokenizer.fast;

/** How many bytes of text each id stands for that merging gives. Immutable once filled, for any number of threads. */
final class TokenWidths {
    private final int[] widths;
    private final boolean blanks;
    private final boolean[] without = new boolean[256];
    private boolean looks;
    private boolean known = true;

    /**
     * Without any width.
     *
     * @param ids how many ids there may be
     * @param blanks whether {@code ▁}, of three bytes, has the id of a blank, of one
     */
    TokenWidths(int ids, boolean blanks) {
        widths = new int[ids];
        this.blanks = blanks;
        looks = blanks;
    }

    /** Notes an id's width in bytes. An id of two widths makes all of them unknown. */
    void put(int id, int width) {
        if (widths[id] != 0 && widths[id] != width) {
            known = false;
        }
        widths[id] = width;
    }

    /** Notes a byte that no id stands for: it gives none. */
    void putWithout(int value) {
        without[value] = true;
        looks = true;
    }

    /** Whether the widths of a text's ids together are its bytes. */
    boolean areKnown(byte[] utf8, int from, int end) {
        for (int at = from; looks && at < end; at++) {
            if (without[utf8[at] & 0xff] || (blanks && isSpelledBlank(utf8, at, end))) {
                return false;
            }
        }
        return known;
    }

    private static boolean isSpelledBlank(byte[] utf8, int at, int end) {
        return utf8[at] == (byte) 0xe2 && at + 2 < end && utf8[at + 1] == (byte) 0x96 && utf8[at + 2] == (byte) 0x81;
    }

    /** Bytes of an id. */
    int of(int id) {
        return widths[id];
    }
}
