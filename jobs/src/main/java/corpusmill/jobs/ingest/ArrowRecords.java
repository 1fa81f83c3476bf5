package corpusmill.jobs.ingest;

import corpusmill.formats.CorpusException;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Arrow IPC, of two columns. Files are read as the stream that they hold behind their first eight bytes, so that
 * a compressed file can be read, and of one that was cut off what is there. Holds one record batch, outside the heap.
 */
final class ArrowRecords implements RecordReader {

    private final ArrowMessages messages;
    private final SourceFile file;
    private final RecordLimits limits;
    private final BufferAllocator allocator;
    private final ArrowStreamReader reader;
    private @Nullable FieldVector texts;
    private @Nullable FieldVector keys;
    private @Nullable RejectionReason everyRow;
    private int at;
    private int rows;
    private long row;
    private long records;
    private boolean over;
    private boolean damaged;

    private ArrowRecords(InputStream in, SourceFile file, RecordLimits limits) {
        this.file = file;
        this.limits = limits;
        this.allocator =
                new RootAllocator(Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));
        this.messages = new ArrowMessages(in, allocator);
        this.reader = new ArrowStreamReader(messages, allocator, CommonsCompressionFactory.INSTANCE);
    }

    /** Opens a file; takes the stream over. */
    static ArrowRecords open(SourceStream source, SourceFile file, RecordLimits limits) {
        return new ArrowRecords(Decompression.open(source), file, limits);
    }

    @Override
    public boolean advance(RecordSink sink) throws IOException {
        if (at < rows) {
            records++;
            row(sink, at++, row++);
            return true;
        }
        if (over) {
            return false;
        }
        RejectionReason reason = nextBatch();
        if (reason != null) {
            over = true;
            damaged = true;
            records++;
            sink.rejected(row, 0, reason, Evidence.none());
        }
        return !over;
    }

    // Loads the next batch; why the rest of the file cannot be read, if so.
    private @Nullable RejectionReason nextBatch() {
        at = 0;
        rows = 0;
        try {
            over = !reader.loadNextBatch();
            if (over) {
                return messages.isWhole() ? null : RejectionReason.TRUNCATED_FILE;
            }
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            columns(root);
            rows = root.getRowCount();
            return null;
        } catch (DamagedInputException e) {
            return e.reason();
        } catch (OutOfMemoryException e) {
            return RejectionReason.TOO_LARGE;
        } catch (IOException | RuntimeException e) { // whatever the library says of bytes that are not its format
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof CorpusException storage) {
                    throw storage;
                }
            }
            return messages.isAtEnd() ? RejectionReason.TRUNCATED_FILE : RejectionReason.UNREADABLE_FILE;
        }
    }

    private void columns(VectorSchemaRoot root) {
        texts = root.getVector(file.text());
        keys = root.getVector(file.key());
        if (texts == null) {
            everyRow = RejectionReason.FIELD_MISSING;
        } else {
            everyRow = holdsText(values(texts)) ? null : RejectionReason.FIELD_NOT_TEXT;
        }
    }

    private static boolean holdsText(FieldVector vector) {
        return vector instanceof VarCharVector
                || vector instanceof LargeVarCharVector
                || vector instanceof ViewVarCharVector;
    }

    // Of a dictionary-encoded column its dictionary.
    private FieldVector values(FieldVector vector) {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        Dictionary dictionary = encoding == null ? null : reader.lookup(encoding.getId());
        return dictionary == null ? vector : dictionary.getVector();
    }

    private void row(RecordSink sink, int index, long place) {
        FieldVector column = texts;
        byte @Nullable [] bytes = null;
        RejectionReason reason = everyRow;
        String key = null;
        try {
            bytes = reason == null && column != null ? bytes(column, index) : null;
            if (reason == null && bytes == null) {
                reason = RejectionReason.FIELD_MISSING;
            }
            if (bytes != null) {
                reason = reason(bytes);
                reason = reason == null && !limits.longEnough(bytes) ? RejectionReason.TOO_SHORT : reason;
                key = key(index);
            }
        } catch (RuntimeException e) { // offsets that lead out of the batch
            reason = RejectionReason.INVALID_RECORD;
        }
        if (reason == null && bytes != null) {
            sink.document(place, bytes.length, bytes, key);
        } else {
            Evidence evidence = bytes == null ? Evidence.none() : Evidence.of(bytes, 0, bytes.length);
            sink.rejected(
                    place,
                    bytes == null ? 0 : bytes.length,
                    reason == null ? RejectionReason.INVALID_RECORD : reason,
                    evidence);
        }
    }

    private @Nullable RejectionReason reason(byte[] bytes) {
        if (bytes.length > limits.maxBytes()) {
            return RejectionReason.TOO_LARGE;
        }
        return Utf8.valid(bytes, 0, bytes.length) ? null : RejectionReason.INVALID_UTF8;
    }

    private byte @Nullable [] bytes(FieldVector vector, int index) {
        if (vector.isNull(index)) {
            return null;
        }
        FieldVector values = values(vector);
        int place = values == vector ? index : Math.toIntExact(((BaseIntVector) vector).getValueAsLong(index));
        if (place >= values.getValueCount() || values.isNull(place)) {
            return null;
        }
        if (values instanceof VarCharVector narrow) {
            return narrow.get(place);
        }
        return values instanceof LargeVarCharVector wide ? wide.get(place) : ((ViewVarCharVector) values).get(place);
    }

    private @Nullable String key(int index) {
        FieldVector column = keys;
        if (column == null || column.isNull(index)) {
            return null;
        }
        if (!holdsText(values(column))) {
            boolean number = column instanceof BaseIntVector && values(column) == column;
            return number ? String.valueOf(((BaseIntVector) column).getValueAsLong(index)) : null;
        }
        byte[] bytes = bytes(column, index);
        // A key that is no UTF-8 is left out; it is metadata, and its document is whole.
        return bytes != null && Utf8.valid(bytes, 0, bytes.length) ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    @Override
    public long records() {
        return records;
    }

    // Of a batch that it cannot decode the library keeps some memory, which closing would report as a defect.
    private void closeAllocator() {
        if (damaged) {
            messages.release();
        }
        if (!damaged || allocator.getAllocatedMemory() == 0) {
            allocator.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            messages.close();
            closeAllocator();
        }
    }
}
