package corpusmill.formats.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is written to a file in memory outside the heap, from where the operating system takes it without
 * another copy. Not safe for concurrent use. Closing gives the buffer to the next file and leaves the channel open; it
 * writes nothing, so {@link #flush()} before.
 */
final class ChannelOutput extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 18;
    // As many as there were files being written at once; allocating and clearing one costs as much as filling it.
    private static final ConcurrentLinkedQueue<ByteBuffer> FREE = new ConcurrentLinkedQueue<>();

    private final FileChannel channel;
    private @Nullable ByteBuffer buffer;

    ChannelOutput(FileChannel channel) {
        this.channel = channel;
        ByteBuffer free = FREE.poll();
        buffer = free == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : free.clear();
    }

    private ByteBuffer open() throws IOException {
        ByteBuffer open = buffer;
        if (open == null) {
            throw new IOException("the output is closed");
        }
        return open;
    }

    @Override
    public void write(int value) throws IOException {
        ByteBuffer open = open();
        if (!open.hasRemaining()) {
            drain(open);
        }
        open.put((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer open = open();
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (!open.hasRemaining()) {
                drain(open);
            }
            int piece = Math.min(end - at, open.remaining());
            open.put(bytes, at, piece);
            at += piece;
        }
    }

    @Override
    public void flush() throws IOException {
        drain(open());
    }

    private void drain(ByteBuffer open) throws IOException {
        open.flip();
        while (open.hasRemaining()) {
            channel.write(open);
        }
        open.clear();
    }

    @Override
    public void close() {
        ByteBuffer open = buffer;
        if (open != null) {
            buffer = null;
            FREE.add(open);
        }
    }
}
