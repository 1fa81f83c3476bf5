package corpusmill.formats.table;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a table as Parquet. The bytes follow from the rows alone: no time, no name of a machine. Not safe for
 * concurrent use.
 */
public final class TableWriter implements AutoCloseable {

    /**
     * Starts a table.
     *
     * @param out where it goes; not closed
     * @param schema its columns
     */
    public TableWriter(OutputStream out, TableSchema schema) throws IOException {
        throw new UnsupportedOperationException(schema + "" + out);
    }

    /**
     * Writes the next row.
     *
     * @param row one value for each column, of its {@link ColumnType#javaType()}
     * @throws IllegalArgumentException if it does not fit the schema
     */
    public void write(Object... row) throws IOException {
        throw new UnsupportedOperationException("row of " + row.length);
    }

    /** Writes the footer; only then the table is whole. */
    @Override
    public void close() throws IOException {}
}
