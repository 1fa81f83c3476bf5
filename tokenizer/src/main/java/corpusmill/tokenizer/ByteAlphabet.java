package corpusmill.tokenizer;

/** The letter that stands for each byte in byte-level vocabularies, as GPT-2's encoder.py lays it down. */
final class ByteAlphabet {
    private static final char[] LETTERS = new char[256];

    static {
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value > ' ' && value < 0x7F) || (value > 0xA0 && value != 0xAD);
            LETTERS[value] = (char) (printable ? value : next++);
        }
    }

    private ByteAlphabet() {}

    static char letter(int value) {
        return LETTERS[value];
    }

    static String spell(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte value : bytes) {
            text.append(LETTERS[value & 0xFF]);
        }
        return text.toString();
    }
}
