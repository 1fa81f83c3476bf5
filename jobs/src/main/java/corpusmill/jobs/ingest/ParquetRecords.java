package corpusmill.jobs.ingest;

import corpusmill.formats.CorpusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Parquet files, of two columns. A row group belongs to the part that holds its first byte. Rows that a damaged
 * row group takes with it are rejected one by one, so that the ledger counts them; other row groups are kept.
 */
final class ParquetRecords implements RecordReader {

    /** Rows of a damaged row group that are believed; a footer that claims more is itself damaged. */
    private static final long BELIEVABLE_ROWS = 1L << 24;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final SourceStream source;
    private final FilePart part;
    private final RecordLimits limits;

    private @Nullable ParquetFileReader reader;
    private MessageType projection = new MessageType("none", List.of());
    private @Nullable RejectionReason everyRow;
    private boolean started;
    private int block = -1;
    private long row;
    private long rowsLeft;
    private long nextBlockRow;
    private @Nullable RejectionReason lost;
    private org.apache.parquet.io.@Nullable RecordReader<Group> rows;
    private long records;

    private ParquetRecords(SourceStream source, FilePart part, RecordLimits limits) {
        this.source = source;
        this.part = part;
        this.limits = limits;
    }

    /** Opens a part; takes the stream over. */
    static ParquetRecords open(SourceStream source, FilePart part, RecordLimits limits) {
        return new ParquetRecords(source, part, limits);
    }

    @Override
    public boolean advance(RecordSink sink) throws IOException {
        if (!started) {
            started = true;
            if (!openFile()) {
                // The part that holds the file's start speaks for all of it.
                if (part.start() == 0) {
                    records++;
                    source.seek(0);
                    Evidence.Collector all = new InputWindow(source).takeRest();
                    sink.rejected(0, all.length(), unreadable(), all.finish());
                }
                return false;
            }
        }
        if (rowsLeft == 0) {
            return nextBlock(sink);
        }
        rowsLeft--;
        records++;
        readRow(sink, row++);
        return true;
    }

    private boolean openFile() {
        try {
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .usePageChecksumVerification()
                    .withUseHadoopVectoredIo(false)
                    .build();
            ParquetFileReader opened = ParquetFileReader.open(new ParquetSource(source), options);
            reader = opened;
            project(opened.getFileMetaData().getSchema());
            opened.setRequestedSchema(projection);
            return true;
        } catch (IOException | RuntimeException e) {
            rethrowUnlessDamage(e);
            return false;
        }
    }

    private void project(MessageType schema) {
        List<Type> columns = new ArrayList<>();
        String text = part.file().text();
        String key = part.file().key();
        if (!schema.containsField(text)) {
            everyRow = RejectionReason.FIELD_MISSING;
        } else if (!holdsText(schema.getType(text))) {
            everyRow = RejectionReason.FIELD_NOT_TEXT;
        } else {
            columns.add(schema.getType(text));
            if (!key.equals(text) && schema.containsField(key) && holdsKey(schema.getType(key))) {
                columns.add(schema.getType(key));
            }
        }
        projection = new MessageType(schema.getName(), columns);
    }

    private static boolean holdsText(Type type) {
        if (!type.isPrimitive()
                || type.isRepetition(Type.Repetition.REPEATED)
                || type.asPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BINARY) {
            return false;
        }
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        return annotation == null
                || annotation.equals(LogicalTypeAnnotation.stringType())
                || annotation.equals(LogicalTypeAnnotation.enumType())
                || annotation.equals(LogicalTypeAnnotation.jsonType());
    }

    private static boolean holdsKey(Type type) {
        if (holdsText(type)) {
            return true;
        }
        if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
            return false;
        }
        PrimitiveTypeName name = type.asPrimitiveType().getPrimitiveTypeName();
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        boolean whole = annotation == null
                || (annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation integer && integer.isSigned());
        return whole && (name == PrimitiveTypeName.INT32 || name == PrimitiveTypeName.INT64);
    }

    private boolean nextBlock(RecordSink sink) {
        ParquetFileReader open = reader;
        if (open == null || ++block >= open.getRowGroups().size()) {
            return false;
        }
        BlockMetaData group = open.getRowGroups().get(block);
        row = nextBlockRow;
        nextBlockRow += Math.max(0, group.getRowCount());
        rows = null;
        lost = everyRow;
        long at = start(group);
        if (at < part.start() || at >= part.end()) {
            return true;
        }
        rowsLeft = Math.max(0, group.getRowCount());
        if (lost == null) {
            openRows(open);
        }
        if (lost != null && rowsLeft > BELIEVABLE_ROWS) {
            rowsLeft = 0;
            records++;
            sink.rejected(row, 0, lost, Evidence.none());
        }
        return true;
    }

    /** The first byte of a row group; where an encrypted column hides it, that of the file, and the rows are lost. */
    private long start(BlockMetaData group) {
        try {
            return Math.max(0, group.getStartingPos());
        } catch (RuntimeException e) {
            rethrowUnlessDamage(e);
            lost = RejectionReason.UNREADABLE_FILE;
            return 0;
        }
    }

    private void openRows(ParquetFileReader open) {
        try {
            PageReadStore pages = open.readRowGroup(block);
            rows = new ColumnIOFactory()
                    .getColumnIO(projection)
                    .getRecordReader(pages, new GroupRecordConverter(projection));
        } catch (IOException | RuntimeException e) {
            rethrowUnlessDamage(e);
            lost = RejectionReason.CORRUPT_COMPRESSION;
        }
    }

    private void readRow(RecordSink sink, long place) {
        Group values = lost == null ? readGroup() : null;
        if (values == null) {
            sink.rejected(place, 0, lost == null ? RejectionReason.CORRUPT_COMPRESSION : lost, Evidence.none());
            return;
        }
        if (values.getFieldRepetitionCount(0) == 0) {
            sink.rejected(place, 0, RejectionReason.FIELD_MISSING, Evidence.none());
            return;
        }
        byte[] bytes = values.getBinary(0, 0).getBytes();
        RejectionReason reason = null;
        if (bytes.length > limits.maxBytes()) {
            reason = RejectionReason.TOO_LARGE;
        } else if (!Utf8.valid(bytes, 0, bytes.length)) {
            reason = RejectionReason.INVALID_UTF8;
        } else {
            reason = limits.longEnough(bytes) ? keyDefect(values) : RejectionReason.TOO_SHORT;
        }
        if (reason == null) {
            sink.document(place, bytes.length, bytes, key(values, bytes));
        } else {
            sink.rejected(place, bytes.length, reason, Evidence.of(bytes, 0, bytes.length));
        }
    }

    private @Nullable Group readGroup() {
        try {
            return rows == null ? null : rows.read();
        } catch (RuntimeException e) {
            rethrowUnlessDamage(e);
            lost = RejectionReason.CORRUPT_COMPRESSION;
            return null;
        }
    }

    private @Nullable RejectionReason keyDefect(Group values) {
        if (!hasKey(values) || !binaryKey()) {
            return null;
        }
        byte[] bytes = values.getBinary(1, 0).getBytes();
        return Utf8.valid(bytes, 0, bytes.length) ? null : RejectionReason.INVALID_UTF8;
    }

    private @Nullable String key(Group values, byte[] text) {
        if (part.file().key().equals(part.file().text())) {
            return new String(text, StandardCharsets.UTF_8);
        }
        if (!hasKey(values)) {
            return null;
        }
        return binaryKey()
                ? new String(values.getBinary(1, 0).getBytes(), StandardCharsets.UTF_8)
                : values.getValueToString(1, 0);
    }

    private boolean hasKey(Group values) {
        return projection.getFieldCount() > 1 && values.getFieldRepetitionCount(1) > 0;
    }

    private boolean binaryKey() {
        return projection.getType(1).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    // A file that starts as Parquet and does not end so was cut off.
    private RejectionReason unreadable() {
        return startsAt(0) && !startsAt(source.length() - MAGIC.length)
                ? RejectionReason.TRUNCATED_FILE
                : RejectionReason.UNREADABLE_FILE;
    }

    private boolean startsAt(long position) {
        if (position < 0) {
            return false;
        }
        source.seek(position);
        for (byte expected : MAGIC) {
            if (source.read() != expected) {
                return false;
            }
        }
        return true;
    }

    // The store's failures, which the Parquet reader may have wrapped, are no damage of the file.
    private static void rethrowUnlessDamage(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorpusException storage) {
                throw storage;
            }
        }
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public void close() throws IOException {
        ParquetFileReader open = reader;
        if (open != null) {
            open.close();
        }
        source.close();
    }
}
