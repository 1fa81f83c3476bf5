package corpusmill.formats.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writes a table as Parquet: zstd, no dictionaries, a row group every {@value #GROUP_BYTES} bytes of encoded rows. The bytes follow from
 * the rows and the version of the Parquet library alone: no time, no name of a machine, no count of memory. Not safe for
 * concurrent use. Holds one row group in memory.
 */
public final class TableWriter implements AutoCloseable {

    private static final int ROWS_PER_PAGE = 20_000;
    // By bytes, which bounds memory whatever the rows hold; a limit by rows needs a later Parquet than Spark 4.0
    // brings.
    private static final long GROUP_BYTES = 4L << 20;

    private final TableSchema schema;
    private final ParquetWriter<Object[]> writer;
    private long rows;

    /**
     * Starts a table.
     *
     * @param out where it goes; not closed
     * @param schema its columns
     */
    public TableWriter(OutputStream out, TableSchema schema) throws IOException {
        this.schema = schema;
        this.writer = new Builder(new StreamOutputFile(out), schema)
                .withConf(new PlainParquetConfiguration())
                // Pages of version 2 name one encoding. Those of version 1 name two, and the library lists them in the
                // order of a hash set of enums, which differs from process to process.
                .withWriterVersion(WriterVersion.PARQUET_2_0)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withDictionaryEncoding(false)
                .withRowGroupSize(GROUP_BYTES)
                .withPageRowCountLimit(ROWS_PER_PAGE)
                .withPageWriteChecksumEnabled(true)
                .build();
    }

    /**
     * Writes the next row.
     *
     * @param row one value for each column, of its {@link ColumnType#javaType()}
     * @throws IllegalArgumentException if it does not fit the schema
     */
    public void write(Object... row) throws IOException {
        List<TableSchema.Column> columns = schema.columns();
        if (row.length != columns.size()) {
            throw new IllegalArgumentException("row " + rows + " of the table " + schema.name() + " must have "
                    + columns.size() + " values but has " + row.length);
        }
        for (int index = 0; index < row.length; index++) {
            Class<?> type = columns.get(index).type().javaType();
            if (!type.isInstance(row[index])) {
                throw new IllegalArgumentException("row " + rows + " of the table " + schema.name() + " must have a "
                        + type.getSimpleName() + " as " + columns.get(index).name() + " but has "
                        + (row[index] == null
                                ? "none"
                                : "a " + row[index].getClass().getSimpleName()));
            }
        }
        writer.write(row);
        rows++;
    }

    /** Rows written. */
    public long rows() {
        return rows;
    }

    /** Writes the footer; only then the table is whole. */
    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final TableSchema schema;

        Builder(OutputFile file, TableSchema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in the class above
        protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
            return new TableWriteSupport(schema);
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return new TableWriteSupport(schema);
        }
    }
}
