package corpusmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageChannelReader;
import org.apache.arrow.vector.ipc.message.MessageResult;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an Arrow file or stream, by the format's page on encapsulated messages. A message says how long its
 * metadata is: what cannot be is refused before memory is asked for.
 */
final class ArrowMessages extends MessageChannelReader {

    private static final String MAGIC = "ARROW1";
    private static final int MAGIC_BYTES = 8; // padded
    private static final long CONTINUATION = 0xFFFFFFFFL;
    private static final long LONGEST_METADATA = 64L << 20;

    private final InputStream content;
    private final InputWindow window;
    private boolean started;
    private boolean file;
    private boolean footed;
    private @Nullable ArrowBuf body;

    /**
     * @param in stands at the start of the content
     * @param allocator gives the bodies of messages their memory
     */
    ArrowMessages(InputStream in, BufferAllocator allocator) {
        this(in, new InputWindow(in), allocator);
    }

    private ArrowMessages(InputStream in, InputWindow window, BufferAllocator allocator) {
        super(new ReadChannel(Channels.newChannel(new Windowed(window))), allocator);
        this.content = in;
        this.window = window;
    }

    @Override
    public @Nullable MessageResult readNext() throws IOException {
        if (!started) {
            started = true;
            file = window.has(MAGIC_BYTES) && isMagic(0);
            window.take(file ? MAGIC_BYTES : 0);
        }
        int prefix = window.has(4) && window.number(0, 4) == CONTINUATION ? 4 : 0;
        boolean ends = !window.has(prefix + 4) || window.number(prefix, 4) == 0;
        if (!ends && window.number(prefix, 4) > LONGEST_METADATA) {
            throw new IOException("an Arrow message claims " + window.number(prefix, 4) + " bytes of metadata");
        }
        if (ends && file) {
            footed = hasFooter();
            return null;
        }
        MessageResult message = super.readNext();
        body = message == null ? null : message.getBodyBuffer();
        return message;
    }

    private boolean isMagic(int ahead) {
        for (int i = 0; i < MAGIC.length(); i++) {
            if (window.peek(ahead + i) != MAGIC.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    // A file ends with its magic; everything before it here is the footer.
    private boolean hasFooter() throws IOException {
        while (window.has(MAGIC.length() + 1)) {
            window.take(window.available() - MAGIC.length());
        }
        return window.has(MAGIC.length()) && isMagic(0);
    }

    /** Whether all that the format promises was there; asked at the end. */
    boolean isWhole() {
        return footed || !file;
    }

    /** Whether the bytes ran out. */
    boolean isAtEnd() {
        try {
            return !window.has(1);
        } catch (IOException e) { // a damage that comes after another one
            return true;
        }
    }

    /** Gives back the memory of the last message, which the library keeps where it cannot be decoded. */
    void release() {
        ArrowBuf last = body;
        while (last != null && last.refCnt() > 0) {
            last.getReferenceManager().release();
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private static final class Windowed extends InputStream {

        private final InputWindow window;

        Windowed(InputWindow window) {
            this.window = window;
        }

        @Override
        public int read() throws IOException {
            if (!window.has(1)) {
                return -1;
            }
            int next = window.peek(0);
            window.take(1);
            return next;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!window.has(1)) {
                return -1;
            }
            int piece = Math.min(length, window.available());
            System.arraycopy(window.bytes(), window.from(), target, from, piece);
            window.take(piece);
            return piece;
        }
    }
}
