package corpusmill.jobs.ingest;

import corpusmill.formats.StorageException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one file, from any place on. What the store fails at is a {@link StorageException}, unchecked, so that no
 * reader can take a lost connection for a damaged file. One thread.
 */
final class SourceStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(SourceStream.class);

    private final String uri;
    private final long length;
    private final Bytes bytes;

    private SourceStream(String uri, long length, Bytes bytes) {
        this.uri = uri;
        this.length = length;
        this.bytes = bytes;
    }

    /** A file of this machine. */
    static SourceStream local(String uri, Path path) {
        try {
            SeekableByteChannel channel = Files.newByteChannel(path);
            return new SourceStream(uri, channel.size(), new Local(channel));
        } catch (IOException e) {
            throw failure("opening", uri, e);
        }
    }

    /**
     * An object of a store, opened now. A read that breaks off goes on where it was, in the object opened anew.
     *
     * @param length of the object, before which no answer ends it
     */
    static SourceStream remote(String uri, long length, Opener opener) throws IOException {
        return new SourceStream(uri, length, new Remote(uri, length, opener));
    }

    long length() {
        return length;
    }

    long position() {
        try {
            return bytes.position();
        } catch (IOException e) {
            throw failure("reading", uri, e);
        }
    }

    void seek(long position) {
        try {
            bytes.seek(position);
        } catch (IOException e) {
            throw failure("reading", uri, e);
        }
    }

    @Override
    public int read(byte[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            return bytes.read(target, from, count);
        } catch (IOException e) {
            throw failure("reading", uri, e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw failure("closing", uri, e);
        }
    }

    static StorageException failure(String doing, String uri, IOException e) {
        return new StorageException(
                doing + " input file " + uri + " failed (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "); check that it is there and may be read, then run again",
                e);
    }

    private interface Bytes {
        int read(byte[] target, int from, int count) throws IOException;

        void seek(long position) throws IOException;

        long position() throws IOException;

        void close() throws IOException;
    }

    private record Local(SeekableByteChannel channel) implements Bytes {
        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            return channel.read(ByteBuffer.wrap(target, from, count));
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Opens an object at its beginning. */
    @FunctionalInterface
    interface Opener {
        FSDataInputStream open() throws IOException;
    }

    // Connectors repeat requests, but not all of them go on with an answer that broke off in the middle.
    private static final class Remote implements Bytes {

        private static final int TRIES = 4;
        private static final long PAUSE_MILLIS = 100;

        private final String uri;
        private final long length;
        private final Opener opener;
        private @Nullable FSDataInputStream stream;
        private long position;

        Remote(String uri, long length, Opener opener) throws IOException {
            this.uri = uri;
            this.length = length;
            this.opener = opener;
            this.stream = opener.open();
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            for (int failed = 1; ; failed++) {
                try {
                    return readOnce(target, from, count);
                } catch (IOException e) {
                    if (failed == TRIES || isFinal(e)) {
                        throw e;
                    }
                    LOG.warn("reading input file {} goes on at byte {} of {}: {}", uri, position, length, e.toString());
                    abandon();
                    pause(PAUSE_MILLIS << failed);
                }
            }
        }

        private int readOnce(byte[] target, int from, int count) throws IOException {
            FSDataInputStream open = stream;
            if (open == null) {
                open = opener.open();
                stream = open;
                open.seek(position);
            }
            int read = open.read(target, from, count);
            if (read < 0 && position < length) {
                throw new EOFException("the answer ended after " + position + " of " + length + " bytes");
            }
            position += Math.max(0, read);
            return read;
        }

        private static boolean isFinal(IOException e) {
            return e instanceof FileNotFoundException
                    || e instanceof AccessDeniedException
                    || e instanceof InterruptedIOException;
        }

        private void abandon() {
            try {
                close();
            } catch (IOException e) {
                LOG.debug("closing a stream that broke off", e);
            }
            stream = null;
        }

        private static void pause(long millis) throws InterruptedIOException {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("told to stop while waiting to read again");
            }
        }

        @Override
        public void seek(long next) throws IOException {
            if (stream != null) {
                stream.seek(next);
            }
            position = next;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() throws IOException {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
