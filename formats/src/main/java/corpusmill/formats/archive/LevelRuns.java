package corpusmill.formats.archive;

import java.io.ByteArrayOutputStream;

/**
 * Levels of one bit as runs, the RLE half of Parquet's "RLE / bit-packing hybrid" (Apache Parquet, Encodings): a varint
 * of twice the length, then the level in a byte. Not safe for concurrent use.
 */
final class LevelRuns {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds so many of a level; none adds nothing. */
    void add(int level, int count) {
        if (count == 0) {
            return;
        }
        int header = count << 1;
        while ((header & ~0x7f) != 0) {
            bytes.write(header & 0x7f | 0x80);
            header >>>= 7;
        }
        bytes.write(header);
        bytes.write(level);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    void clear() {
        bytes.reset();
    }
}
