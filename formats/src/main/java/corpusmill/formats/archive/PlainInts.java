package corpusmill.formats.archive;

import corpusmill.formats.shard.LittleEndian;
import corpusmill.formats.shard.TokenType;
import java.util.Arrays;

/** Numbers of 32 bits in Parquet's encoding PLAIN: little-endian, 4 bytes each. Not safe for concurrent use. */
final class PlainInts {

    private byte[] bytes;
    private int size;

    /** None yet, with room for so many. */
    PlainInts(int room) {
        this.bytes = new byte[Integer.BYTES * room];
    }

    void add(int value) {
        reserve(1);
        LittleEndian.INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /** Adds ids of a type, little-endian. */
    void addAll(byte[] tokens, TokenType type) {
        int count = tokens.length / type.bytes();
        reserve(count);
        type.widen(tokens, bytes, size);
        size += Integer.BYTES * count;
    }

    private void reserve(int count) {
        int needed = Math.addExact(size, Math.multiplyExact(Integer.BYTES, count));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, needed));
        }
    }

    int count() {
        return size / Integer.BYTES;
    }

    /** The encoded numbers, the first {@link #size()} bytes of it; not copied. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }
}
