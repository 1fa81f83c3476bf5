package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.unicode.Nfc;
import corpusmill.tokenizer.unicode.NfcBuffer;
import java.util.Arrays;

/**
 * A text in normalisation form C. Copies what is in that form already and normalises each stretch that may not be, from
 * the last character before it that nothing changes to the next one. For one thread.
 */
final class NfcText {
    private static final int KEPT = 1 << 16;
    private static final int LONGEST = 4;

    private final NfcBuffer stretch = new NfcBuffer();
    private byte[] utf8 = new byte[256];
    private int size;

    /** The text; of it the first {@link #size()} bytes. */
    byte[] bytes() {
        return utf8;
    }

    int size() {
        return size;
    }

    /** Takes valid text without characters that are {@link Nfc#RECENT}. */
    void normalize(byte[] text, int from, int end) {
        if (utf8.length > KEPT) {
            utf8 = new byte[256];
        }
        size = 0;
        int copied = from;
        int unchanging = from;
        int lastClass = 0;
        for (int at = from; at < end; ) {
            if (text[at] >= 0) {
                at = Utf8.pastAscii(text, at, end);
                unchanging = at - 1;
                lastClass = 0;
                continue;
            }
            int combining = Nfc.combiningClass(Utf8.codePoint(text, at));
            if (combining == Nfc.MAY_CHANGE || combining != 0 && combining < lastClass) {
                copy(text, copied, unchanging);
                at = normalizeStretch(text, unchanging, end);
                copied = at;
                unchanging = at;
                lastClass = 0;
                continue;
            }
            if (combining == 0) {
                unchanging = at;
            }
            lastClass = combining;
            at += CharClasses.length(text[at]);
        }
        copy(text, copied, end);
    }

    /** Normalises from a character on up to the next one of class 0; returns where that stands. */
    private int normalizeStretch(byte[] text, int from, int end) {
        stretch.clear();
        int at = from;
        while (at < end) {
            int codePoint = Utf8.codePoint(text, at);
            if (at > from && Nfc.combiningClass(codePoint) == 0) {
                break;
            }
            stretch.add(codePoint);
            at += CharClasses.length(text[at]);
        }
        stretch.normalize();
        reserve(stretch.size() * LONGEST);
        for (int i = 0; i < stretch.size(); i++) {
            size = Utf8.put(utf8, size, stretch.get(i));
        }
        return at;
    }

    private void copy(byte[] text, int from, int end) {
        reserve(end - from);
        System.arraycopy(text, from, utf8, size, end - from);
        size += end - from;
    }

    private void reserve(int more) {
        if (utf8.length - size < more) {
            utf8 = Arrays.copyOf(utf8, Math.max(size + more, 2 * utf8.length));
        }
    }
}
