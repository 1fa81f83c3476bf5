package corpusmill.jobs.ingest;

import corpusmill.formats.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The bytes of one file, from any place on. What the store fails at is a {@link StorageException}, unchecked, so that no
 * reader can take a lost connection for a damaged file. One thread.
 */
final class SourceStream extends InputStream {

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

    /** An object of a store. */
    static SourceStream remote(String uri, long length, FSDataInputStream stream) {
        return new SourceStream(uri, length, new Remote(stream));
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

    private record Remote(FSDataInputStream stream) implements Bytes {
        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            return stream.read(target, from, count);
        }

        @Override
        public void seek(long position) throws IOException {
            stream.seek(position);
        }

        @Override
        public long position() throws IOException {
            return stream.getPos();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
