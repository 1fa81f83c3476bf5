package corpusmill.tokenizer.unicode;

/**
 * The quick check of normalisation form C: a text is in that form if no character is {@link #MAY_CHANGE} or {@link
 * #RECENT} and the combining classes other than 0 never fall between two characters of class 0.
 *
 * <p>Holds for every Unicode version from 10.0 on alike: what such a version says of a character never changes
 * (https://www.unicode.org/policies/stability_policy.html), and later characters are set apart. The table comes from
 * ICU4J 76.1. For any number of threads.
 */
public final class Nfc {
    /** What {@link #combiningClass} says of a character whose normal form depends on others, or differs from it. */
    public static final int MAY_CHANGE = 255;
    /** The same of a character that Unicode 9 did not hold: engines with other tables may treat it otherwise. */
    public static final int RECENT = 254;

    private static final char[] PAGES = new char[UnicodeTables.CODE_POINTS >>> UnicodeTables.SHIFT];
    private static final byte[] CLASSES = NfcTable.load(PAGES);

    private Nfc() {}

    /** The canonical combining class of a code point in [0, 0x10FFFF], {@link #MAY_CHANGE} or {@link #RECENT}. */
    public static int combiningClass(int codePoint) {
        int page = PAGES[codePoint >>> UnicodeTables.SHIFT];
        return CLASSES[page << UnicodeTables.SHIFT | codePoint & UnicodeTables.MASK] & 0xff;
    }
}
