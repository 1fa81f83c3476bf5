package corpusmill.tokenizer.unicode;

/**
 * Properties of code points in Unicode 16.0, whatever Java runs.
 *
 * <p>Every method takes a code point in [0, 0x10FFFF], surrogates and unassigned code points included, and throws {@link
 * IndexOutOfBoundsException} for anything else. Two array reads each, no allocation; for any number of threads. The
 * tables come from ICU4J 76.1 (a test compares every code point); about 90 kB in memory.
 */
public final class Unicode {
    /** The version of the Unicode standard these tables hold; part of what a proof of a tokenizer depends on. */
    public static final String VERSION = "16.0";

    private static final int LETTERS = mask(
            Character.UPPERCASE_LETTER,
            Character.LOWERCASE_LETTER,
            Character.TITLECASE_LETTER,
            Character.MODIFIER_LETTER,
            Character.OTHER_LETTER);
    private static final int MARKS =
            mask(Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK);
    private static final int NUMBERS =
            mask(Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER);

    private static final UnicodeTables TABLES = UnicodeTables.load();
    private static final char[] PAGES = TABLES.pages();
    private static final byte[] PROPERTIES = TABLES.properties();
    private static final char[] FOLD_PAGES = TABLES.foldPages();
    private static final int[] FOLDS = TABLES.folds();

    private Unicode() {}

    /** General category, as one of the byte constants of {@link Character}, such as {@link Character#OTHER_LETTER}. */
    public static byte generalCategory(int codePoint) {
        return (byte) (properties(codePoint) & UnicodeTables.CATEGORY);
    }

    /** Property White_Space: the 25 code points that separate words, U+0085, U+00A0 and U+3000 among them. */
    public static boolean isWhiteSpace(int codePoint) {
        return (properties(codePoint) & UnicodeTables.WHITE_SPACE) != 0;
    }

    /** Category L: Lu, Ll, Lt, Lm, Lo. */
    public static boolean isLetter(int codePoint) {
        return in(LETTERS, codePoint);
    }

    /** Category M: Mn, Me, Mc. */
    public static boolean isMark(int codePoint) {
        return in(MARKS, codePoint);
    }

    /** Category N: Nd, Nl, No. */
    public static boolean isNumber(int codePoint) {
        return in(NUMBERS, codePoint);
    }

    /** Simple case folding (status C and S of CaseFolding.txt): one code point for one, never longer. */
    public static int simpleFold(int codePoint) {
        int page = FOLD_PAGES[codePoint >>> UnicodeTables.SHIFT];
        return codePoint + FOLDS[(page << UnicodeTables.SHIFT) | (codePoint & UnicodeTables.MASK)];
    }

    /**
     * Whether the code point's Script is Han, Hiragana, Katakana, Thai, Lao, Khmer or Myanmar: scripts that put no blanks
     * between words.
     */
    public static boolean isUnspacedScript(int codePoint) {
        return (properties(codePoint) & UnicodeTables.UNSPACED) != 0;
    }

    private static int properties(int codePoint) {
        int page = PAGES[codePoint >>> UnicodeTables.SHIFT];
        return PROPERTIES[(page << UnicodeTables.SHIFT) | (codePoint & UnicodeTables.MASK)];
    }

    private static boolean in(int categories, int codePoint) {
        return (categories >>> generalCategory(codePoint) & 1) != 0;
    }

    private static int mask(int... categories) {
        int mask = 0;
        for (int category : categories) {
            mask |= 1 << category;
        }
        return mask;
    }
}
