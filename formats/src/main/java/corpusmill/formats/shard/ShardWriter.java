package corpusmill.formats.shard;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a shard front to back, without seeking. Not safe for concurrent use. Keeps the small columns in memory until
 * {@link #finish()}: 14 bytes a row and 4 bytes a document's piece.
 */
public final class ShardWriter implements AutoCloseable {

    /**
     * Starts a shard.
     *
     * @param out where it goes; not closed
     * @param layout what will be written
     */
    public ShardWriter(OutputStream out, ShardLayout layout) throws IOException {
        throw new UnsupportedOperationException(layout + "" + out);
    }

    /**
     * Writes the next row.
     *
     * @throws IllegalArgumentException if the row does not fit the layout or breaks a rule of the format
     */
    public void write(PackedSequence row) throws IOException {
        throw new UnsupportedOperationException(row.toString());
    }

    /**
     * Writes what follows the tokens.
     *
     * @throws IllegalStateException if the rows written are not those of the layout
     */
    public ShardSummary finish() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Leaves the shard; without {@link #finish()} before, what was written is not a shard. */
    @Override
    public void close() {}
}
