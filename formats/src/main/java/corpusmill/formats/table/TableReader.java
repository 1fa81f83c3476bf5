package corpusmill.formats.table;

import corpusmill.formats.CorpusException;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.StoredFile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a table in their order. Not safe for concurrent use. Every method ends with a
 * {@link DamagedDatasetException} when the table cannot be read.
 */
public final class TableReader implements Iterator<Object[]>, AutoCloseable {

    private final URI uri;
    private final TableSchema schema;
    private final MessageType parquetSchema;
    private final ParquetFileReader file;
    private final List<Integer> groups = new ArrayList<>();
    private List<ColumnReader> columns = List.of();
    private int nextGroup;
    private long left;

    private TableReader(URI uri, TableSchema schema, ParquetFileReader file) {
        this.uri = uri;
        this.schema = schema;
        this.parquetSchema = ParquetSchemas.of(schema);
        this.file = file;
        for (int group = 0; group < file.getRowGroups().size(); group++) {
            groups.add(group);
        }
    }

    /**
     * Opens a table.
     *
     * @throws DamagedDatasetException if it is missing, or not a table of that schema
     */
    public static TableReader open(Storage storage, URI uri, TableSchema schema) {
        StoredFile stored = storage.stat(uri)
                .orElseThrow(() -> new DamagedDatasetException("the table " + schema.name() + " at " + uri
                        + " is missing; run verify, and fetch the dataset again"));
        try {
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .usePageChecksumVerification(true)
                    .build();
            ParquetFileReader file = ParquetFileReader.open(new StorageInputFile(storage, stored), options);
            MessageType found = file.getFileMetaData().getSchema();
            if (!found.getColumns().equals(ParquetSchemas.of(schema).getColumns())) {
                file.close();
                throw new DamagedDatasetException("the table " + schema.name() + " at " + uri + " has other columns, "
                        + found.toString().replaceAll("\\s+", " ") + "; run verify, and fetch the dataset again");
            }
            return new TableReader(uri, schema, file);
        } catch (IOException | RuntimeException e) {
            throw damaged(uri, schema, e);
        }
    }

    private static CorpusException damaged(URI uri, TableSchema schema, Exception e) {
        return e instanceof CorpusException told
                ? told
                : new DamagedDatasetException(
                        "the table " + schema.name() + " at " + uri + " cannot be read: " + e.getMessage()
                                + "; run verify, and fetch the file again",
                        e);
    }

    /** Rows of the whole table. */
    public long rows() {
        return file.getRecordCount();
    }

    /**
     * Leaves out row groups that cannot hold a value of a range; those that can are given whole. Call it before the
     * first row.
     *
     * @param column of int64
     * @param least smallest value
     * @param most largest value
     */
    public TableReader only(String column, long least, long most) {
        groups.removeIf(group -> !mayHold(file.getRowGroups().get(group), column, least, most));
        return this;
    }

    private static boolean mayHold(BlockMetaData group, String column, long least, long most) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            if (chunk.getPath().toDotString().equals(column)
                    && chunk.getStatistics() instanceof LongStatistics statistics
                    && statistics.hasNonNullValue()) {
                return statistics.getMax() >= least && statistics.getMin() <= most;
            }
        }
        return true;
    }

    @Override
    public boolean hasNext() {
        while (left == 0 && nextGroup < groups.size()) {
            openGroup(groups.get(nextGroup++));
        }
        return left > 0;
    }

    private void openGroup(int group) {
        try {
            PageReadStore pages = file.readRowGroup(group);
            ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                    pages,
                    new GroupRecordConverter(parquetSchema).getRootConverter(),
                    parquetSchema,
                    file.getFileMetaData().getCreatedBy());
            columns = new ArrayList<>();
            for (ColumnDescriptor column : parquetSchema.getColumns()) {
                columns.add(store.getColumnReader(column));
            }
            left = pages.getRowCount();
        } catch (IOException | RuntimeException e) {
            throw damaged(uri, schema, e);
        }
    }

    @Override
    public Object[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the table " + schema.name() + " has no more rows");
        }
        try {
            Object[] row = new Object[columns.size()];
            for (int index = 0; index < row.length; index++) {
                row[index] =
                        value(columns.get(index), schema.columns().get(index).type());
                columns.get(index).consume();
            }
            left--;
            return row;
        } catch (RuntimeException e) {
            throw damaged(uri, schema, e);
        }
    }

    private static Object value(ColumnReader column, ColumnType type) {
        return switch (type) {
            case INT32 -> column.getInteger();
            case INT64 -> column.getLong();
            case DOUBLE -> column.getDouble();
            case STRING -> column.getBinary().toStringUsingUTF8();
            case BINARY -> column.getBinary().getBytes();
        };
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw damaged(uri, schema, e);
        }
    }
}
