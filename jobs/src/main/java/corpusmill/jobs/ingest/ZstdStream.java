package corpusmill.jobs.ingest;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard by RFC 8878: any number of frames, skippable ones among them, checksums verified, windows of at most 128
 * MiB. The decoder is fed block by block, so that everything before a damaged block is delivered and the next frame can
 * be looked for behind it.
 */
final class ZstdStream extends DecodedStream {

    private static final long MAGIC = 0xFD2FB528L;
    private static final long SKIPPABLE_MAGIC = 0x184D2A50L;
    private static final long SKIPPABLE_MASK = 0xFFFFFFF0L;
    private static final int BLOCK_BYTES = 1 << 17;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int LARGEST_WINDOW_LOG = 27;

    private final ZstdDecompressCtx decoder = new ZstdDecompressCtx();
    private final ByteBuffer input = ByteBuffer.allocateDirect(BLOCK_BYTES + BLOCK_HEADER_BYTES);
    private final ByteBuffer output = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private boolean inFrame;
    private boolean checksummed;
    private boolean lastBlock;
    private boolean flushing;
    private boolean searching;
    private @Nullable DamagedInputException pending;

    ZstdStream(InputStream source, long floorBytes) {
        super(source, floorBytes);
        input.limit(0);
        output.limit(0);
    }

    static boolean starts(InputWindow window) throws IOException {
        return window.has(4) && (window.number(0, 4) == MAGIC || skippable(window.number(0, 4)));
    }

    private static boolean skippable(long magic) {
        return (magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC;
    }

    @Override
    int decode(byte[] target, int from, int length) throws IOException {
        while (!output.hasRemaining()) {
            DamagedInputException damage = pending;
            if (damage != null) {
                pending = null;
                inFrame = false;
                flushing = false;
                searching = true;
                throw damage;
            }
            if (!step()) {
                return -1;
            }
        }
        int read = Math.min(length, output.remaining());
        output.get(target, from, read);
        return read;
    }

    // One piece further: a frame's start, a block, a checksum. False at the end.
    private boolean step() throws IOException {
        if (flushing || input.hasRemaining()) {
            decodeInput();
        } else if (inFrame) {
            nextBlock();
        } else {
            return nextFrame();
        }
        return true;
    }

    private boolean nextFrame() throws IOException {
        if (searching) {
            searching = false;
            while (window.has(4) && window.number(0, 4) != MAGIC) {
                window.take(1);
            }
            if (!window.has(4)) {
                window.take(window.available());
            }
        } else {
            window.skipZeros();
        }
        if (!window.has(1)) {
            return false;
        }
        if (!starts(window)) {
            throw new DamagedInputException(
                    RejectionReason.TRAILING_DATA, "bytes behind the last zstd frame", window.takeRest());
        }
        if (skippable(window.number(0, 4))) {
            skipFrame();
        } else {
            frameHeader();
        }
        return true;
    }

    private void skipFrame() throws IOException {
        if (!window.has(8)) {
            truncated();
            return;
        }
        long left = window.number(4, 4);
        window.take(8);
        while (left > 0) {
            if (!window.has(1)) {
                truncated();
                return;
            }
            int piece = (int) Math.min(left, window.available());
            window.take(piece);
            left -= piece;
        }
    }

    private void frameHeader() throws IOException {
        if (!window.has(5)) {
            truncated();
            return;
        }
        int descriptor = window.peek(4);
        boolean single = (descriptor & 0x20) != 0;
        int dictionaryBytes = (1 << (descriptor & 3)) >> 1;
        int sizeFlag = descriptor >> 6;
        int sizeBytes = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int header = 5 + (single ? 0 : 1) + dictionaryBytes + sizeBytes;
        if (!window.has(header)) {
            truncated();
            return;
        }
        boolean wide = single
                ? (sizeBytes == 8 && window.number(header - 4, 4) != 0)
                        || (sizeBytes >= 4 && window.number(header - sizeBytes, 4) > 1L << LARGEST_WINDOW_LOG)
                : window.peek(5) > (LARGEST_WINDOW_LOG - 10) << 3;
        boolean dictionary = dictionaryBytes > 0 && window.number(5 + (single ? 0 : 1), dictionaryBytes) != 0;
        if (wide || dictionary) {
            window.take(4);
            pending = new DamagedInputException(
                    RejectionReason.UNSUPPORTED_COMPRESSION,
                    wide ? "the zstd window is over 128 MiB" : "the zstd frame needs a dictionary");
            return;
        }
        checksummed = (descriptor & 4) != 0;
        lastBlock = false;
        inFrame = true;
        decoder.reset();
        feed(header);
    }

    private void nextBlock() throws IOException {
        if (lastBlock) {
            inFrame = false;
            if (checksummed) {
                feedOrEnd(4);
            }
            return;
        }
        if (!window.has(BLOCK_HEADER_BYTES)) {
            truncated();
            return;
        }
        long header = window.number(0, BLOCK_HEADER_BYTES);
        lastBlock = (header & 1) != 0;
        int type = (int) (header >> 1 & 3);
        int size = (int) (header >> 3);
        if (type == 3 || size > BLOCK_BYTES) {
            corrupt("reserved block type or block over 128 KiB");
            return;
        }
        feedOrEnd(BLOCK_HEADER_BYTES + (type == 1 ? 1 : size));
    }

    private void feedOrEnd(int count) throws IOException {
        if (window.has(count)) {
            feed(count);
        } else {
            truncated();
        }
    }

    private void feed(int count) {
        input.clear();
        input.put(window.bytes(), window.from(), count);
        input.flip();
        window.take(count);
    }

    private void decodeInput() {
        output.clear();
        try {
            decoder.decompressDirectByteBufferStream(output, input);
        } catch (ZstdException e) {
            output.limit(0);
            input.position(input.limit());
            corrupt(String.valueOf(e.getMessage()));
            return;
        }
        output.flip();
        // A full buffer may leave more inside the decoder.
        flushing = output.limit() == output.capacity();
    }

    private void truncated() {
        window.take(window.available());
        pending = new DamagedInputException(RejectionReason.TRUNCATED_FILE, "the file ends in a zstd frame");
    }

    private void corrupt(String message) {
        pending = new DamagedInputException(RejectionReason.CORRUPT_COMPRESSION, "zstd: " + message);
    }

    @Override
    public void close() throws IOException {
        decoder.close();
        super.close();
    }
}
