package corpusmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The next bytes of a stream, as many as a caller needs to look at before it takes them. One thread. */
final class InputWindow {

    private static final int SIZE = 1 << 16;

    private final InputStream in;
    private byte[] bytes = new byte[SIZE];
    private int from;
    private int to;
    private long taken;

    InputWindow(InputStream in) {
        this.in = in;
    }

    /** Reads until at least so many bytes are here; false if the stream ends before. */
    boolean has(int count) throws IOException {
        while (to - from < count) {
            if (from > 0) {
                System.arraycopy(bytes, from, bytes, 0, to - from);
                to -= from;
                from = 0;
            }
            if (bytes.length < count) {
                bytes = Arrays.copyOf(bytes, count);
            }
            int read = in.read(bytes, to, bytes.length - to);
            if (read < 0) {
                return false;
            }
            to += read;
        }
        return true;
    }

    /** The byte so many places ahead, 0 to 255; it must be here. */
    int peek(int ahead) {
        return bytes[from + ahead] & 0xFF;
    }

    /** The little-endian number of so many bytes, at most 4, so many places ahead. */
    long number(int ahead, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (long) peek(ahead + i) << (8 * i);
        }
        return number;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int available() {
        return to - from;
    }

    void take(int count) {
        from += count;
        taken += count;
    }

    /** Bytes taken since the start of the stream. */
    long taken() {
        return taken;
    }

    /** Everything up to the end of the stream. */
    Evidence.Collector takeRest() throws IOException {
        Evidence.Collector rest = new Evidence.Collector();
        while (has(1)) {
            rest.add(bytes, from, to);
            take(to - from);
        }
        return rest;
    }

    /** Passes over zero bytes: what tapes, block devices and some writers pad their files with. */
    void skipZeros() throws IOException {
        while (has(1) && peek(0) == 0) {
            int at = from;
            while (at < to && bytes[at] == 0) {
                at++;
            }
            take(at - from);
        }
    }
}
