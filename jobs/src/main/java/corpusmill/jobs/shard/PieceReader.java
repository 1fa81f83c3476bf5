package corpusmill.jobs.shard;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardReader;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import java.net.URI;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads pieces in the order of their rows; remembers one shard and one row. Not thread-safe. */
final class PieceReader implements Iterator<ReadPiece> {

    private final Storage storage;
    private final URI root;
    private final Iterator<DocumentPiece> pieces;
    private @Nullable Manifest manifest;
    private String shard = "";
    private @Nullable ShardReader reader;
    private long place = -1;
    private @Nullable PackedSequence row;

    PieceReader(Storage storage, URI root, Iterator<DocumentPiece> pieces) {
        this.storage = storage;
        this.root = root;
        this.pieces = pieces;
    }

    @Override
    public boolean hasNext() {
        return pieces.hasNext();
    }

    @Override
    public ReadPiece next() {
        DocumentPiece piece = pieces.next();
        Manifest opened = manifest == null ? Dataset.open(storage, root).manifest() : manifest;
        manifest = opened;
        PackedSequence found =
                row(Objects.requireNonNull(opened.splits().get(piece.split()), piece.split()), piece.row());
        int width = opened.tokenType().bytes();
        return new ReadPiece(
                piece.id(),
                piece.start() == 0 ? found.first() : 0,
                found.source(),
                Arrays.copyOfRange(found.tokens(), width * piece.start(), width * (piece.start() + piece.length())));
    }

    private PackedSequence row(SplitEntry split, long at) {
        String path = split.path(Math.toIntExact(at / split.rowsPerShard()));
        ShardReader open = reader;
        if (open == null || !path.equals(shard)) {
            open = ShardReader.open(storage, Storages.resolve(root, path));
            reader = open;
            shard = path;
            row = null;
        }
        PackedSequence read = row;
        if (read == null || at != place) {
            read = open.row(at % split.rowsPerShard());
            row = read;
            place = at;
        }
        return read;
    }
}
