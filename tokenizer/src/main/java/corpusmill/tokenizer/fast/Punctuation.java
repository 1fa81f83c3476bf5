package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.unicode.Unicode;

/** What the reference engine's pre-tokenizer {@code Punctuation} takes for punctuation. */
final class Punctuation {
    private static final int CATEGORIES = 1 << Character.CONNECTOR_PUNCTUATION
            | 1 << Character.DASH_PUNCTUATION
            | 1 << Character.START_PUNCTUATION
            | 1 << Character.END_PUNCTUATION
            | 1 << Character.INITIAL_QUOTE_PUNCTUATION
            | 1 << Character.FINAL_QUOTE_PUNCTUATION
            | 1 << Character.OTHER_PUNCTUATION;

    private Punctuation() {}

    static boolean is(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > ' ' && codePoint < 0x7f && !Character.isLetterOrDigit(codePoint);
        }
        return (CATEGORIES >>> Unicode.generalCategory(codePoint) & 1) != 0;
    }
}
