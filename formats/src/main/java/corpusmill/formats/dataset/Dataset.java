package corpusmill.formats.dataset;

import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.FileEntry;
import java.net.URI;
import java.util.List;

/** A published dataset, read by ranges. Safe for concurrent use. */
public final class Dataset {

    private Dataset() {}

    /**
     * Opens a dataset.
     *
     * @throws corpusmill.formats.DamagedDatasetException if there is no manifest, or none that can be read
     */
    public static Dataset open(URI root) {
        throw new UnsupportedOperationException(root.toString());
    }

    /** Opens a dataset in a store. */
    public static Dataset open(Storage storage, URI root) {
        throw new UnsupportedOperationException(root + "" + storage);
    }

    /** What was published. */
    public Manifest manifest() {
        throw new UnsupportedOperationException();
    }

    /** The row at a place of a split. */
    public PackedSequence row(String split, long place) {
        throw new UnsupportedOperationException(split + place);
    }

    /** The pieces of a document in their order; empty when the dataset does not hold it. */
    public List<DocumentPiece> pieces(long documentId) {
        throw new UnsupportedOperationException("" + documentId);
    }

    /** The pieces a row was packed from, in the order of the row. */
    public List<DocumentPiece> piecesOfRow(String split, long place) {
        throw new UnsupportedOperationException(split + place);
    }

    /** The shards, ordered by split and number. */
    public List<ShardEntry> shards() {
        throw new UnsupportedOperationException();
    }

    /** The input files in the order of their index. */
    public List<FileEntry> files() {
        throw new UnsupportedOperationException();
    }
}
