package corpusmill.tokenizer.unicode;

/**
 * The quick check of normalisation form C: a text is in that form if no character {@link #MAY_CHANGE} and the combining
 * classes other than 0 never fall between two characters of class 0.
 *
 * <p>Holds for every Unicode version from 10.0 on alike: characters that a later version gave a class, or that compose or
 * decompose since then, count as those that may change. The table comes from ICU4J 76.1. For any number of threads.
 */
public final class Nfc {
    /** What {@link #combiningClass} says of a character whose normal form depends on others, or differs from it. */
    public static final int MAY_CHANGE = 255;

    private static final char[] PAGES = new char[UnicodeTables.CODE_POINTS >>> UnicodeTables.SHIFT];
    private static final byte[] CLASSES = NfcTable.load(PAGES);

    private Nfc() {}

    /** The canonical combining class of a code point in [0, 0x10FFFF], or {@link #MAY_CHANGE}. */
    public static int combiningClass(int codePoint) {
        int page = PAGES[codePoint >>> UnicodeTables.SHIFT];
        return CLASSES[page << UnicodeTables.SHIFT | codePoint & UnicodeTables.MASK] & 0xff;
    }
}
