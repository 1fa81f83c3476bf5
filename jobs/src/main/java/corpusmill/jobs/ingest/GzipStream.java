package corpusmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Gzip by RFC 1952: any number of members, checksums verified, zero padding behind and between them. Behind a damaged
 * member the next one is looked for.
 */
final class GzipStream extends DecodedStream {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CHECK = 2;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;
    private boolean searching;
    private @Nullable DamagedInputException pending;

    GzipStream(InputStream source, long floorBytes) {
        super(source, floorBytes);
    }

    static boolean starts(InputWindow window) throws IOException {
        return window.has(2) && window.peek(0) == 0x1F && window.peek(1) == 0x8B;
    }

    @Override
    int decode(byte[] target, int from, int length) throws IOException {
        while (true) {
            DamagedInputException damage = pending;
            if (damage != null) {
                pending = null;
                throw damage;
            }
            if (!inMember && !nextMember()) {
                return -1;
            }
            int read = inflate(target, from, length);
            if (read > 0) {
                return read;
            }
        }
    }

    private boolean nextMember() throws IOException {
        if (searching) {
            search();
        } else {
            window.skipZeros();
        }
        if (!window.has(1)) {
            return false;
        }
        if (!starts(window)) {
            throw new DamagedInputException(
                    RejectionReason.TRAILING_DATA, "bytes behind the last gzip member", window.takeRest());
        }
        readHeader();
        inflater.reset();
        checksum.reset();
        inMember = true;
        return true;
    }

    // The header of a whole member: rare enough in compressed bytes to be looked for.
    private void search() throws IOException {
        searching = false;
        while (window.has(HEADER_BYTES)) {
            int flags = window.peek(3);
            int speed = window.peek(8);
            int system = window.peek(9);
            if (starts(window)
                    && window.peek(2) == 8
                    && flags < 0x20
                    && (speed == 0 || speed == 2 || speed == 4)
                    && (system < 14 || system == 255)) {
                return;
            }
            window.take(1);
        }
        window.take(window.available());
    }

    private void readHeader() throws IOException {
        requireHeader(HEADER_BYTES);
        int method = window.peek(2);
        int flags = window.peek(3);
        if (method != 8 || flags >= 0x20) {
            searching = true;
            window.take(2);
            throw new DamagedInputException(
                    RejectionReason.UNSUPPORTED_COMPRESSION, "gzip method " + method + " with flags " + flags);
        }
        window.take(HEADER_BYTES);
        if ((flags & EXTRA) != 0) {
            requireHeader(2);
            int extra = (int) window.number(0, 2);
            window.take(2);
            requireHeader(extra);
            window.take(extra);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECK) != 0) {
            requireHeader(2);
            window.take(2);
        }
    }

    private void skipText() throws IOException {
        int character;
        do {
            requireHeader(1);
            character = window.peek(0);
            window.take(1);
        } while (character != 0);
    }

    private void requireHeader(int count) throws IOException {
        if (!window.has(count)) {
            window.take(window.available());
            throw new DamagedInputException(RejectionReason.TRUNCATED_FILE, "the file ends in a gzip header");
        }
    }

    private int inflate(byte[] target, int from, int length) throws IOException {
        if (inflater.needsInput()) {
            if (!window.has(1)) {
                inMember = false;
                throw new DamagedInputException(RejectionReason.TRUNCATED_FILE, "the file ends in a gzip member");
            }
            inflater.setInput(window.bytes(), window.from(), window.available());
        }
        long before = inflater.getBytesWritten();
        long consumed = inflater.getBytesRead();
        try {
            inflater.inflate(target, from, length);
            if (inflater.needsDictionary()) {
                throw new DataFormatException("needs a dictionary");
            }
        } catch (DataFormatException e) {
            // What was inflated before the damage stands in the target.
            inMember = false;
            searching = true;
            pending = new DamagedInputException(RejectionReason.CORRUPT_COMPRESSION, "deflate: " + e.getMessage());
        }
        window.take((int) (inflater.getBytesRead() - consumed));
        int read = (int) (inflater.getBytesWritten() - before);
        checksum.update(target, from, read);
        if (inMember && inflater.finished()) {
            inMember = false;
            checkTrailer();
        } else if (inMember) {
            // The window may move its bytes when it reads on.
            inflater.setInput(window.bytes(), window.from(), window.available());
        }
        return read;
    }

    private void checkTrailer() throws IOException {
        if (!window.has(TRAILER_BYTES)) {
            window.take(window.available());
            pending = new DamagedInputException(RejectionReason.TRUNCATED_FILE, "the file ends in a gzip trailer");
            return;
        }
        boolean same = window.number(0, 4) == checksum.getValue()
                && window.number(4, 4) == (inflater.getBytesWritten() & 0xFFFFFFFFL);
        window.take(TRAILER_BYTES);
        if (!same) {
            // Damage may have ended the member early: the next one may not follow here.
            searching = true;
            pending = new DamagedInputException(RejectionReason.CORRUPT_COMPRESSION, "wrong gzip checksum");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        super.close();
    }
}
