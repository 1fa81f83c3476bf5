package corpusmill.tokenizer.fast;

/** English contractions behind an apostrophe: {@code 's 't 're 've 'm 'll 'd}. */
final class Contractions {
    private Contractions() {}

    /**
     * The end of a contraction in lower case whose apostrophe stands at a place; the place itself if there is none.
     */
    static int lowerCase(byte[] utf8, int at, int end) {
        if (at + 1 >= end) {
            return at;
        }
        return end(at, utf8[at + 1], at + 2 < end ? utf8[at + 2] : 0);
    }

    /** The same in any case; U+017F, the long s, is an s. */
    static int anyCase(byte[] utf8, int at, int end) {
        if (at + 1 >= end) {
            return at;
        }
        byte first = utf8[at + 1];
        if (first < 0) {
            return first == (byte) 0xc5 && at + 2 < end && utf8[at + 2] == (byte) 0xbf ? at + 3 : at;
        }
        return end(at, lower(first), at + 2 < end ? lower(utf8[at + 2]) : 0);
    }

    private static byte lower(byte value) {
        return value >= 'A' && value <= 'Z' ? (byte) (value + 32) : value;
    }

    private static int end(int at, byte first, byte second) {
        return switch (first) {
            case 's', 't', 'm', 'd' -> at + 2;
            case 'l' -> second == 'l' ? at + 3 : at;
            case 'r', 'v' -> second == 'e' ? at + 3 : at;
            default -> at;
        };
    }
}
