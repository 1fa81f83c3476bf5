package corpusmill.tokenizer.reference;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import corpusmill.tokenizer.TokenizerException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One tokenizer in native memory: the only class that holds native addresses.
 *
 * <p>Calls the native methods beneath DJL's {@code HuggingFaceTokenizer}: that class asks for tokens, offsets and masks
 * of every id, truncates at 512 ids unless told otherwise, calls home, and frees its memory in a finaliser that can run
 * during a call. Here only ids cross the border, and truncation and padding are switched off on the native object.
 *
 * <p>For any number of threads: every call runs in the caller's thread (never a batch, which would start a thread pool
 * of all cores) under a shared lock that {@link #close()} takes alone, so memory is never freed under a call. An object
 * that nobody closed is freed when it becomes unreachable; {@link Reference#reachabilityFence} keeps it reachable until
 * a call has returned.
 */
final class NativeTokenizer implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final TokenizersLibrary library = NativeLibrary.get();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final long handle;
    private final Cleaner.Cleanable memory;
    private volatile boolean closed;

    static String version() {
        return String.valueOf(TokenizersLibrary.class.getPackage().getSpecificationVersion());
    }

    /**
     * @param name for messages
     * @param json a {@code tokenizer.json}
     * @throws TokenizerException if the native parser refuses it
     */
    NativeTokenizer(String name, byte[] json) {
        try {
            handle = library.createTokenizerFromString(new String(json, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new TokenizerException(
                    "Tokenizer '" + name + "': the reference engine refuses the definition: " + e.getMessage()
                            + ". Check the file against its source.",
                    e);
        }
        memory = CLEANER.register(this, new Deletion(library, handle));
        library.disableTruncation(handle);
        library.disablePadding(handle);
    }

    /** The ids of a text, without framing tokens. The text must be Unicode: no surrogate without its partner. */
    long[] encode(String text) {
        lock.readLock().lock();
        try {
            requireOpen();
            return idsOf(text);
        } finally {
            lock.readLock().unlock();
            Reference.reachabilityFence(this);
        }
    }

    private long[] idsOf(String text) {
        try {
            long encoding = library.encode(handle, text, false);
            try {
                return library.getTokenIds(encoding);
            } finally {
                library.deleteEncoding(encoding);
            }
        } catch (RuntimeException e) {
            throw new TokenizerException("The reference engine cannot encode a text: " + e.getMessage(), e);
        }
    }

    /** The text of ids, special tokens included. */
    String decode(long[] ids) {
        lock.readLock().lock();
        try {
            requireOpen();
            return library.decode(handle, ids, false);
        } finally {
            lock.readLock().unlock();
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            memory.clean();
        } finally {
            lock.writeLock().unlock();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the tokenizer is closed");
        }
    }

    /** Holds no reference to the tokenizer, which would keep it reachable for ever. */
    private record Deletion(TokenizersLibrary library, long handle) implements Runnable {
        @Override
        public void run() {
            library.deleteTokenizer(handle);
        }
    }
}
