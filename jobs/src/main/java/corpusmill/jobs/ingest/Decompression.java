package corpusmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;

/** Tells how a file is compressed by its first bytes, never by its name. */
final class Decompression {

    private static final int MAGIC_BYTES = 4;

    private Decompression() {}

    /** Whether the bytes at the start of a file are those of a compressed one; the stream is moved to its start. */
    static boolean compressed(SourceStream source) {
        try {
            source.seek(0);
            InputWindow head = new InputWindow(new ShortReads(source));
            boolean compressed = GzipStream.starts(head) || ZstdStream.starts(head);
            source.seek(0);
            return compressed;
        } catch (IOException e) {
            throw new IllegalStateException("a source stream reports its failures unchecked", e);
        }
    }

    /** The content of a file that stands at its start. */
    static InputStream open(SourceStream source) {
        return open(source, DecodedStream.RATIO_FLOOR_BYTES);
    }

    static InputStream open(SourceStream source, long floorBytes) {
        try {
            source.seek(0);
            InputWindow head = new InputWindow(new ShortReads(source));
            boolean gzip = GzipStream.starts(head);
            boolean zstd = !gzip && ZstdStream.starts(head);
            source.seek(0);
            if (gzip) {
                return new GzipStream(source, floorBytes);
            }
            return zstd ? new ZstdStream(source, floorBytes) : source;
        } catch (IOException e) {
            throw new IllegalStateException("a source stream reports its failures unchecked", e);
        }
    }

    /** Reads a few bytes only: the rest of the buffer would be read again. */
    private static final class ShortReads extends InputStream {

        private final InputStream in;

        ShortReads(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return in.read(target, from, Math.min(length, MAGIC_BYTES));
        }
    }
}
