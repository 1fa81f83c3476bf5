package corpusmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Plain text: the whole file is one document. A file of no bytes holds none. */
final class TextReader implements RecordReader {

    private static final int FIRST_BYTES = 1 << 16;

    private final InputStream in;
    private final RecordLimits limits;
    private byte[] content = new byte[FIRST_BYTES];
    private int size;
    private Evidence.@Nullable Collector oversize;
    private @Nullable DamagedInputException damage;
    private boolean done;
    private long records;

    private TextReader(InputStream in, RecordLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** Opens a file; takes the stream over. */
    static TextReader open(SourceStream source, RecordLimits limits) {
        return new TextReader(Decompression.open(source), limits);
    }

    @Override
    public boolean advance(RecordSink sink) throws IOException {
        if (done) {
            return false;
        }
        done = true;
        readAll();
        Evidence.Collector large = oversize;
        DamagedInputException broken = damage;
        RejectionReason damaged = broken != null && broken.rest() == null ? broken.reason() : null;
        if (damaged != null || large != null) {
            records++;
            RejectionReason reason = damaged == null ? RejectionReason.TOO_LARGE : damaged;
            long length = large == null ? size : large.length();
            sink.rejected(0, length, reason, large == null ? Evidence.of(content, 0, size) : large.finish());
        } else if (size > 0) {
            records++;
            document(sink);
        }
        Evidence.Collector rest = broken == null ? null : broken.rest();
        if (broken != null && rest != null) {
            records++;
            long behind = large == null ? size : large.length();
            sink.rejected(behind, rest.length(), broken.reason(), rest.finish());
        }
        return false;
    }

    private void document(RecordSink sink) {
        RejectionReason reason = null;
        byte[] text = {};
        if (!Utf8.valid(content, 0, size)) {
            reason = RejectionReason.INVALID_UTF8;
        } else {
            boolean marked =
                    size >= 3 && content[0] == (byte) 0xEF && content[1] == (byte) 0xBB && content[2] == (byte) 0xBF;
            int from = marked ? 3 : 0;
            text = Arrays.copyOfRange(content, from, size);
            reason = limits.longEnough(text) ? null : RejectionReason.TOO_SHORT;
        }
        if (reason == null) {
            sink.document(0, size, text, null);
        } else {
            sink.rejected(0, size, reason, Evidence.of(content, 0, size));
        }
    }

    // All of it, or what precedes the first damage; only hash and length of what is too large.
    private void readAll() throws IOException {
        while (damage == null) {
            int read;
            try {
                if (size == content.length) {
                    content = Arrays.copyOf(content, (int)
                            Math.min(2L * size, Math.max(limits.maxBytes() + 1L, FIRST_BYTES)));
                }
                read = in.read(content, size, content.length - size);
            } catch (DamagedInputException e) {
                damage = e;
                return;
            }
            if (read < 0) {
                return;
            }
            size += read;
            if (oversize == null && size > limits.maxBytes()) {
                oversize = new Evidence.Collector();
            }
            if (oversize != null) {
                oversize.add(content, 0, size);
                size = 0;
            }
        }
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
