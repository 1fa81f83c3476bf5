package corpusmill.jobs.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.MessageHeaders;

/**
 * Web archives by ISO 28500: WARC with pages as they were served, WET with their text. Responses, resources and
 * conversions are records; what describes them (requests, metadata, revisits) is none. The frame of a record is found
 * here, so that a damaged one costs itself only; headers and HTTP messages are parsed by jwarc. Holds one record.
 */
final class WarcRecords implements RecordReader {

    private static final int LONGEST_HEADER = 1 << 20;
    private static final int MARK_BYTES = 10; // WARC/1.0 and the end of its line
    private static final Set<String> HOLDING_TEXT = Set.of("response", "resource", "conversion", "continuation");

    private final InputStream in;
    private final InputWindow window;
    private final String keyName;
    private final RecordLimits limits;
    private boolean seen;
    private long records;

    private WarcRecords(InputStream in, String keyName, RecordLimits limits) {
        this.in = in;
        this.window = new InputWindow(in);
        this.keyName = keyName;
        this.limits = limits;
    }

    /** Opens a file; takes the stream over. The key is the header that {@code keyName} names, else the target URI. */
    static WarcRecords open(SourceStream source, String keyName, RecordLimits limits) {
        return new WarcRecords(Decompression.open(source), keyName, limits);
    }

    @Override
    public boolean advance(RecordSink sink) throws IOException {
        try {
            while (window.has(1) && (window.peek(0) == '\r' || window.peek(0) == '\n')) {
                window.take(1);
            }
            if (!window.has(1)) {
                return false;
            }
            if (window.has(MARK_BYTES) && isMark(0)) {
                record(sink);
                seen = true;
            } else {
                search(sink);
            }
        } catch (DamagedInputException e) {
            damaged(sink, e);
        }
        return true;
    }

    // WARC/1.0, WARC/1.1 or WARC/0.18 and the end of the line.
    private boolean isMark(int ahead) {
        return window.peek(ahead) == 'W'
                && window.peek(ahead + 1) == 'A'
                && window.peek(ahead + 2) == 'R'
                && window.peek(ahead + 3) == 'C'
                && window.peek(ahead + 4) == '/'
                && Character.isDigit(window.peek(ahead + 5))
                && window.peek(ahead + 6) == '.'
                && Character.isDigit(window.peek(ahead + 7));
    }

    // What lies before the next record belongs to none.
    private void search(RecordSink sink) throws IOException {
        long offset = window.taken();
        Evidence.Collector passed = new Evidence.Collector();
        try {
            boolean found = false;
            while (!found && window.has(MARK_BYTES + 1)) {
                int at = 1;
                int last = window.available() - MARK_BYTES;
                while (at < last && !isMark(at)) {
                    at++;
                }
                found = isMark(at);
                pass(passed, at);
            }
            if (!found) {
                pass(passed, window.available());
            }
        } finally {
            boolean foreign = !seen && offset == 0;
            RejectionReason reason = foreign ? RejectionReason.UNREADABLE_FILE : RejectionReason.INVALID_RECORD;
            if (passed.length() > 0) {
                reject(sink, offset, passed.length(), reason, passed.finish());
            }
        }
    }

    private void pass(Evidence.Collector passed, int count) {
        passed.add(window.bytes(), window.from(), window.from() + count);
        window.take(count);
    }

    private void record(RecordSink sink) throws IOException {
        int header = headerBytes();
        MessageHeaders headers = header < 0 ? null : headers(header);
        long block = headers == null ? -1 : blockBytes(headers);
        if (headers == null || block < 0) {
            search(sink);
            return;
        }
        String type = headers.first("WARC-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        if (!HOLDING_TEXT.contains(type)) {
            passOver(sink, header + block);
        } else if (block > limits.maxBytes()) {
            tooLarge(sink, header + block);
        } else {
            whole(sink, headers, header, (int) block);
        }
    }

    // Up to and with the empty line; -1 if there is none where one should be.
    private int headerBytes() throws IOException {
        for (int at = MARK_BYTES - 2; at < LONGEST_HEADER; at++) {
            if (!window.has(at + 3)) {
                return -1;
            }
            if (window.peek(at) == '\n') {
                if (window.peek(at + 1) == '\n') {
                    return at + 2;
                }
                if (window.peek(at + 1) == '\r' && window.peek(at + 2) == '\n') {
                    return at + 3;
                }
            }
        }
        return -1;
    }

    private @Nullable MessageHeaders headers(int header) {
        int line = 0;
        while (window.peek(line) != '\n') {
            line++;
        }
        String lines =
                new String(window.bytes(), window.from() + line + 1, header - line - 1, StandardCharsets.ISO_8859_1);
        byte[] fields = lines.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try {
            return MessageHeaders.parse(Channels.newChannel(new ByteArrayInputStream(fields)));
        } catch (IOException | RuntimeException e) { // no header of this kind: the search goes on behind it
            return null;
        }
    }

    private static long blockBytes(MessageHeaders headers) {
        String length = headers.first("Content-Length").orElse("").strip();
        return length.matches("[0-9]{1,12}") ? Long.parseLong(length) : -1;
    }

    private void passOver(RecordSink sink, long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            if (!window.has(1)) {
                reject(sink, window.taken(), 0, RejectionReason.TRUNCATED_FILE, Evidence.none());
                return;
            }
            int piece = (int) Math.min(left, window.available());
            window.take(piece);
            left -= piece;
        }
    }

    private void tooLarge(RecordSink sink, long bytes) throws IOException {
        long offset = window.taken();
        Evidence.Collector passed = new Evidence.Collector();
        RejectionReason reason = RejectionReason.TOO_LARGE;
        try {
            while (passed.length() < bytes && window.has(1)) {
                pass(passed, (int) Math.min(bytes - passed.length(), window.available()));
            }
            reason = passed.length() < bytes ? RejectionReason.TRUNCATED_FILE : reason;
        } finally {
            reject(sink, offset, passed.length(), reason, passed.finish());
        }
    }

    private void whole(RecordSink sink, MessageHeaders headers, int header, int block) throws IOException {
        int bytes = header + block;
        if (!window.has(bytes)) {
            Evidence evidence = Evidence.of(window.bytes(), window.from(), window.from() + window.available());
            reject(sink, window.taken(), window.available(), RejectionReason.TRUNCATED_FILE, evidence);
            window.take(window.available());
            return;
        }
        int from = window.from();
        long offset = window.taken();
        WebPage page = page(headers, java.util.Arrays.copyOfRange(window.bytes(), from + header, from + bytes));
        RejectionReason reason = page.reason();
        byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
        if (reason == null && !limits.longEnough(text)) {
            reason = RejectionReason.TOO_SHORT;
        }
        if (reason == null) {
            records++;
            sink.document(offset, bytes, text, key(headers));
        } else {
            Evidence evidence = Evidence.of(window.bytes(), from, from + bytes);
            reject(sink, offset, bytes, reason, reason.isLoss() ? evidence : evidence.withoutBytes());
        }
        window.take(bytes);
    }

    // A record in segments is a part of a page, and no segment tells whether the others are here.
    private WebPage page(MessageHeaders headers, byte[] block) {
        String type = headers.first("WARC-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        if (type.equals("continuation") || headers.first("WARC-Segment-Number").isPresent()) {
            return new WebPage("", RejectionReason.TRUNCATED_RECORD);
        }
        return WebPage.of(type, headers, block, limits.maxBytes());
    }

    private @Nullable String key(MessageHeaders headers) {
        Optional<String> key = headers.first(keyName).or(() -> headers.first("WARC-Target-URI"));
        String text = key.map(String::strip).orElse("");
        boolean quoted = text.length() > 2 && text.startsWith("<") && text.endsWith(">");
        return text.isEmpty() ? null : quoted ? text.substring(1, text.length() - 1) : text;
    }

    private void damaged(RecordSink sink, DamagedInputException damage) {
        Evidence.Collector rest = damage.rest();
        int left = window.available();
        if (left > 0 || rest == null) {
            RejectionReason reason = rest == null ? damage.reason() : RejectionReason.TRUNCATED_FILE;
            Evidence evidence = Evidence.of(window.bytes(), window.from(), window.from() + left);
            reject(sink, window.taken(), left, reason, evidence);
            window.take(left);
        }
        if (rest != null) {
            reject(sink, window.taken(), rest.length(), damage.reason(), rest.finish());
        }
    }

    private void reject(RecordSink sink, long offset, long length, RejectionReason reason, Evidence evidence) {
        records++;
        sink.rejected(offset, length, reason, evidence);
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
