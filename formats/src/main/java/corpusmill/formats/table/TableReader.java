package corpusmill.formats.table;

import corpusmill.formats.storage.Storage;
import java.net.URI;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads the rows of a table in their order. Not safe for concurrent use. */
public final class TableReader implements Iterator<Object[]>, AutoCloseable {

    private TableReader() {}

    /**
     * Opens a table.
     *
     * @throws corpusmill.formats.DamagedDatasetException if it is not a table of that schema
     */
    public static TableReader open(Storage storage, URI uri, TableSchema schema) {
        throw new UnsupportedOperationException(uri + "" + storage + schema);
    }

    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public Object[] next() {
        throw new NoSuchElementException();
    }

    @Override
    public void close() {}
}
