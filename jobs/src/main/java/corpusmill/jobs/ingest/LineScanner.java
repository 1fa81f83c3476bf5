package corpusmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines at line feeds; a carriage return before one belongs to it. Holds one line of at most the
 * longest allowed length; longer ones pass through. One thread.
 */
final class LineScanner implements Closeable {

    /** What was found. */
    enum Event {
        /** A line, in {@link #bytes()} from {@link #from()} to {@link #to()}. */
        LINE,
        /** A line that is too long; {@link #evidence()} of it. */
        LONG_LINE,
        /** {@link #damage()} of the stream; {@link #evidence()} of the unfinished line before it. */
        DAMAGE,
        /** Nothing more. */
        END
    }

    private static final int BUFFER_BYTES = 1 << 18;

    private final InputStream in;
    private final int maxBytes;
    private byte[] buffer;
    private int pos;
    private int limit;
    private long base;
    private boolean ended;
    private @Nullable DamagedInputException pending;

    private int from;
    private int to;
    private long offset;
    private long length;
    private @Nullable Evidence evidence;
    private @Nullable DamagedInputException damage;

    /**
     * @param in stands at the first byte
     * @param base offset of that byte in the content
     * @param maxBytes longest line, without its end
     */
    LineScanner(InputStream in, long base, int maxBytes) {
        this.in = in;
        this.base = base;
        this.maxBytes = maxBytes;
        this.buffer = new byte[BUFFER_BYTES];
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Offset of the line in the content. */
    long offset() {
        return offset;
    }

    /** Bytes of the line, without its end. */
    long length() {
        return length;
    }

    Evidence evidence() {
        return evidence == null ? Evidence.of(buffer, from, to) : evidence;
    }

    DamagedInputException damage() {
        if (damage == null) {
            throw new IllegalStateException("no damage was found");
        }
        return damage;
    }

    /** Offset of the next line. */
    long position() {
        return base + pos;
    }

    /** Whether the bytes that come next are these. */
    boolean startsWith(int... expected) throws IOException {
        while (limit - pos < expected.length && fill()) {}
        if (limit - pos < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((buffer[pos + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Passes over bytes that {@link #startsWith} has seen. */
    void skip(int count) {
        pos += count;
    }

    /** Finds the next line. */
    Event next() throws IOException {
        evidence = null;
        damage = null;
        offset = base + pos;
        int scan = pos;
        while (true) {
            int newline = Utf8.newline(buffer, scan, limit);
            if (newline >= 0) {
                return line(newline, newline + 1);
            }
            if (limit - pos > maxBytes + 1L) {
                return longLine();
            }
            int scanned = limit - pos;
            if (!fill()) {
                return atEnd(limit > pos);
            }
            scan = pos + scanned;
        }
    }

    private Event line(int end, int behind) {
        from = pos;
        to = end > pos && buffer[end - 1] == '\r' ? end - 1 : end;
        pos = behind;
        length = (long) to - from;
        return length > maxBytes ? Event.LONG_LINE : Event.LINE;
    }

    private Event atEnd(boolean unfinished) {
        DamagedInputException found = pending;
        boolean inside = found != null && found.rest() == null;
        if (unfinished && !inside) {
            return line(limit, limit);
        }
        if (found == null) {
            return Event.END;
        }
        pending = null;
        damage = found;
        from = pos;
        to = limit;
        pos = limit;
        length = (long) to - from;
        Evidence.Collector rest = found.rest();
        if (rest != null) {
            length = rest.length();
            evidence = rest.finish();
        }
        return Event.DAMAGE;
    }

    // A line that does not fit: only its hash and its length are kept.
    private Event longLine() throws IOException {
        Evidence.Collector collector = new Evidence.Collector();
        byte[] carriageReturn = {'\r'};
        boolean held = false;
        while (true) {
            int newline = Utf8.newline(buffer, pos, limit);
            int end = newline < 0 ? limit : newline;
            if (held && end > pos) {
                collector.add(carriageReturn, 0, 1);
                held = false;
            }
            if (end > pos) {
                held = buffer[end - 1] == '\r';
                collector.add(buffer, pos, held ? end - 1 : end);
            }
            pos = newline < 0 ? limit : newline + 1;
            if (newline >= 0 || !fill()) {
                if (newline < 0 && pending != null && pending.rest() == null) {
                    if (held) {
                        collector.add(carriageReturn, 0, 1);
                    }
                    damage = pending;
                    pending = null;
                }
                length = collector.length();
                evidence = collector.finish();
                return damage == null ? Event.LONG_LINE : Event.DAMAGE;
            }
        }
    }

    /** Takes everything that is left as one record; a damage inside is part of it. */
    Evidence rest() throws IOException {
        offset = base + pos;
        Evidence.Collector collector = new Evidence.Collector();
        do {
            collector.add(buffer, pos, limit);
            pos = limit;
            if (pending != null) {
                pending = null;
            }
        } while (fill() || pending != null);
        length = collector.length();
        return collector.finish();
    }

    // More bytes behind the limit; false at the end or where damage is pending.
    private boolean fill() throws IOException {
        if (ended || pending != null) {
            return false;
        }
        if (pos > 0) {
            System.arraycopy(buffer, pos, buffer, 0, limit - pos);
            base += pos;
            limit -= pos;
            pos = 0;
        }
        if (limit == buffer.length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Math.max(BUFFER_BYTES, maxBytes) + 4096L));
        }
        try {
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
            return read >= 0;
        } catch (DamagedInputException e) {
            pending = e;
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
