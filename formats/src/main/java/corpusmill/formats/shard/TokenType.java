package corpusmill.formats.shard;

/** How a token id is stored; little-endian. */
public enum TokenType {
    /** Two bytes, without sign. */
    UINT16(2, "uint16"),
    /** Four bytes, with sign, never negative. */
    INT32(4, "int32");

    private final int bytes;
    private final String dtype;

    TokenType(int bytes, String dtype) {
        this.bytes = bytes;
        this.dtype = dtype;
    }

    /**
     * The smallest type that holds every id of a vocabulary.
     *
     * @param size number of ids, the padding included; at least 1
     */
    public static TokenType forVocabulary(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a vocabulary must have at least 1 id but has " + size);
        }
        return size <= 1 << 16 ? UINT16 : INT32;
    }

    /**
     * The type of a name in a manifest.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    public static TokenType ofDtype(String dtype) {
        for (TokenType type : values()) {
            if (type.dtype.equals(dtype)) {
                return type;
            }
        }
        throw new IllegalArgumentException("token_dtype must be uint16 or int32 but was '" + dtype + "'");
    }

    /** Bytes per id. */
    public int bytes() {
        return bytes;
    }

    /** Its name in numpy, Arrow and the manifest. */
    public String dtype() {
        return dtype;
    }

    /** The largest id. */
    public int max() {
        return this == UINT16 ? 0xffff : Integer.MAX_VALUE;
    }

    /**
     * Copies little-endian ids as four bytes each.
     *
     * @param tokens all of them
     * @param out takes 4 bytes an id, from an offset on
     */
    public void widen(byte[] tokens, byte[] out, int at) {
        if (this == INT32) {
            System.arraycopy(tokens, 0, out, at, tokens.length);
            return;
        }
        for (int from = 0, to = at; from < tokens.length; from += 2, to += 4) {
            LittleEndian.INT.set(out, to, (short) LittleEndian.SHORT.get(tokens, from) & 0xffff);
        }
    }

    /** Reads the id at an index of little-endian bytes. */
    int get(byte[] tokens, int index) {
        return this == UINT16
                ? (short) LittleEndian.SHORT.get(tokens, 2 * index) & 0xffff
                : (int) LittleEndian.INT.get(tokens, 4 * index);
    }
}
