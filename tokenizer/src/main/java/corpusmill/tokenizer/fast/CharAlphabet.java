package corpusmill.tokenizer.fast;

import java.util.Arrays;

/** One symbol a character, or one a byte for characters that the vocabulary lacks. A blank is {@code ▁}. */
final class CharAlphabet implements Alphabet {
    private static final int NONE = -1;
    private static final int SHIFT = 8;

    private final int[] bytes = new int[256];
    private final int[][] pages = new int[(Character.MAX_CODE_POINT + 1) >>> SHIFT][];

    /**
     * An alphabet without characters.
     *
     * @param bytes for each byte the id that stands for it
     */
    CharAlphabet(int[] bytes) {
        System.arraycopy(bytes, 0, this.bytes, 0, this.bytes.length);
        int[] empty = new int[1 << SHIFT];
        Arrays.fill(empty, NONE);
        Arrays.fill(pages, empty);
    }

    void put(int codePoint, int id) {
        int[] page = pages[codePoint >>> SHIFT];
        if (page == pages[pages.length - 1]) {
            page = page.clone();
            pages[codePoint >>> SHIFT] = page;
        }
        page[codePoint & (1 << SHIFT) - 1] = id;
    }

    @Override
    public int symbols(byte[] utf8, int from, int end, int[] symbols) {
        int count = 0;
        for (int at = from; at < end; ) {
            byte lead = utf8[at];
            int length = CharClasses.length(lead);
            int codePoint = Utf8.codePoint(utf8, at);
            int id = pages[codePoint >>> SHIFT][codePoint & (1 << SHIFT) - 1];
            if (id != NONE) {
                symbols[count++] = id;
            } else {
                for (int i = 0; i < length; i++) {
                    symbols[count++] = bytes[utf8[at + i] & 0xff];
                }
            }
            at += length;
        }
        return count;
    }
}
