package corpusmill.jobs.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON Lines: one object a line, by RFC 8259 and in UTF-8. A record belongs to the part that holds the first byte of its
 * line, so parts of any size give the same records. Blank lines are no records.
 */
final class JsonlReader implements RecordReader {

    private final LineScanner lines;
    private final RecordLimits limits;
    private final JsonRecord record;
    private final long end;
    private final boolean fileStart;
    private boolean started;
    private boolean first;
    private long records;

    private JsonlReader(LineScanner lines, long start, long end, RecordLimits limits, JsonRecord record) {
        this.lines = lines;
        this.limits = limits;
        this.record = record;
        this.end = end;
        this.fileStart = start == 0;
    }

    /** Opens a part; takes the stream over. */
    static JsonlReader open(SourceStream source, FilePart part, RecordLimits limits) {
        JsonRecord record = new JsonRecord(part.file().text(), part.file().key());
        int max = limits.maxBytes();
        if (part.start() == 0) {
            boolean whole = Decompression.compressed(source);
            LineScanner lines = new LineScanner(Decompression.open(source), 0, max);
            return new JsonlReader(lines, 0, whole ? Long.MAX_VALUE : part.end(), limits, record);
        }
        // A file that cannot be cut is read whole by the part that holds its start.
        boolean mine = !Decompression.compressed(source) && !utf16(source);
        source.seek(part.start() - 1);
        LineScanner lines = new LineScanner(source, part.start() - 1, max);
        return new JsonlReader(lines, part.start(), mine ? part.end() : 0, limits, record);
    }

    private static boolean utf16(SourceStream source) {
        source.seek(0);
        int mark = source.read() << 8 | source.read();
        return mark == 0xFFFE || mark == 0xFEFF;
    }

    @Override
    public boolean advance(RecordSink sink) throws IOException {
        if (!started) {
            started = true;
            if (start(sink)) {
                return false;
            }
        }
        if (lines.position() >= end && !first) {
            return false;
        }
        first = false;
        switch (lines.next()) {
            case LINE -> line(sink);
            case LONG_LINE -> reject(sink, RejectionReason.TOO_LARGE);
            case DAMAGE -> reject(sink, lines.damage().reason());
            case END -> {
                return false;
            }
        }
        return true;
    }

    // Whether the start was also the end.
    private boolean start(RecordSink sink) throws IOException {
        if (!fileStart) {
            if (end > 0) {
                lines.next();
            }
            return false;
        }
        first = true;
        if (lines.startsWith(0xFF, 0xFE) || lines.startsWith(0xFE, 0xFF)) {
            Evidence evidence = lines.rest();
            records++;
            sink.rejected(0, lines.length(), RejectionReason.INVALID_UTF8, evidence);
            return true;
        }
        if (lines.startsWith(0xEF, 0xBB, 0xBF)) {
            lines.skip(3);
        }
        return false;
    }

    private void line(RecordSink sink) {
        if (JsonRecord.blank(lines.bytes(), lines.from(), lines.to())) {
            return;
        }
        RejectionReason reason = read();
        if (reason != null) {
            reject(sink, reason);
        } else {
            records++;
            sink.document(lines.offset(), lines.length(), record.text(), record.key());
        }
    }

    private @Nullable RejectionReason read() {
        if (!Utf8.valid(lines.bytes(), lines.from(), lines.to())) {
            return RejectionReason.INVALID_UTF8;
        }
        RejectionReason reason = record.read(lines.bytes(), lines.from(), lines.to());
        return reason == null && !limits.longEnough(record.text()) ? RejectionReason.TOO_SHORT : reason;
    }

    private void reject(RecordSink sink, RejectionReason reason) {
        records++;
        sink.rejected(lines.offset(), lines.length(), reason, lines.evidence());
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
