package corpusmill.jobs.ingest;

import corpusmill.jobs.flow.DocumentId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The content of a compressed file. A read that comes upon damage first delivers everything before it, then throws
 * {@link DamagedInputException} once; what follows is what can be found behind the damage. One thread.
 */
abstract class DecodedStream extends InputStream {

    /** Decompressed bytes below which no ratio is too high: runs of one character are legal. */
    static final long RATIO_FLOOR_BYTES = 16L << 30;
    /** Times its size a larger file may decompress to. */
    static final long RATIO_LIMIT = 2_000;

    private static final long LAST_OFFSET = DocumentId.MAX_OFFSET - 1;

    final InputWindow window;
    private final InputStream source;
    private final long floorBytes;
    private long delivered;
    private boolean over;

    DecodedStream(InputStream source, long floorBytes) {
        this.source = source;
        this.window = new InputWindow(source);
        this.floorBytes = floorBytes;
    }

    /** Some decoded bytes, or -1 at the end of everything. */
    abstract int decode(byte[] target, int from, int length) throws IOException;

    @Override
    public final int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        if (over || length == 0) {
            return over ? -1 : 0;
        }
        if (delivered == LAST_OFFSET || (delivered > floorBytes && delivered / RATIO_LIMIT > window.taken())) {
            over = true;
            throw new DamagedInputException(
                    RejectionReason.RATIO_TOO_HIGH,
                    "decompresses to more than 1 TiB, or to more than " + RATIO_LIMIT + " times its size");
        }
        int read = decode(target, from, (int) Math.min(length, LAST_OFFSET - delivered));
        delivered += Math.max(0, read);
        return read;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
