package corpusmill.formats.shard;

import corpusmill.formats.storage.Storage;
import java.net.URI;

/** Reads a shard by ranges. Safe for concurrent use. Every failure is a {@code DamagedDatasetException}. */
public final class ShardReader {

    private ShardReader() {}

    /**
     * Opens a shard: reads header and footer and checks that both say the same.
     *
     * @throws corpusmill.formats.DamagedDatasetException if it is not a shard, too new, truncated or corrupt
     */
    public static ShardReader open(Storage storage, URI uri) {
        throw new UnsupportedOperationException(uri + "" + storage);
    }

    /** Where everything lies. */
    public ShardLayout layout() {
        throw new UnsupportedOperationException();
    }

    /** A row. */
    public PackedSequence row(long index) {
        throw new UnsupportedOperationException("row " + index);
    }
}
