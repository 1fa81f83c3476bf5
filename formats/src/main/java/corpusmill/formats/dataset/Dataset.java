package corpusmill.formats.dataset;

import corpusmill.formats.ConfigException;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardReader;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.FileEntry;
import corpusmill.formats.table.TableReader;
import corpusmill.formats.table.TableRows;
import corpusmill.formats.table.TableSchema;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A published dataset, read by ranges. Safe for concurrent use. */
public final class Dataset {

    private final Storage storage;
    private final URI root;
    private final Manifest manifest;
    private final Map<String, ShardReader> readers = new ConcurrentHashMap<>();

    private Dataset(Storage storage, URI root, Manifest manifest) {
        this.storage = storage;
        this.root = root;
        this.manifest = manifest;
    }

    /**
     * Opens a dataset.
     *
     * @throws ConfigException if there is no dataset
     * @throws DamagedDatasetException if its manifest cannot be read
     */
    public static Dataset open(URI root) {
        return open(Storages.open(root), root);
    }

    /** Opens a dataset in a store. */
    public static Dataset open(Storage storage, URI root) {
        URI uri = Storages.resolve(root, Manifest.NAME);
        if (storage.stat(uri).isEmpty()) {
            throw new ConfigException("there is no dataset at " + root + ": it has no " + Manifest.NAME
                    + "; check the path, or wait until the run that makes it has published");
        }
        return new Dataset(storage, root, ManifestParser.parse(storage.readAll(uri), uri.toString()));
    }

    /** What was published. */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * The row at a place of a split.
     *
     * @throws ConfigException if there is no such split or place
     */
    public PackedSequence row(String split, long place) {
        SplitEntry entry = split(split, place);
        int shard = (int) (place / entry.rowsPerShard());
        return reader(entry.path(shard)).row(place % entry.rowsPerShard());
    }

    /**
     * Hands over rows of a split in their order, reading some of them at a time.
     *
     * @param from first place
     * @param to place behind the last
     * @throws DamagedDatasetException if a shard is damaged
     */
    public void rows(String split, long from, long to, ShardReader.RowConsumer each) throws IOException {
        SplitEntry entry = split(split, to - 1);
        for (long place = from; place < to; ) {
            int shard = (int) (place / entry.rowsPerShard());
            long start = shard * entry.rowsPerShard();
            long end = Math.min(to, start + entry.rowsOf(shard));
            ShardReader.open(storage, Storages.resolve(root, entry.path(shard)))
                    .forEach(place - start, end - start, (row, sequence) -> each.accept(start + row, sequence));
            place = end;
        }
    }

    private SplitEntry split(String name, long place) {
        SplitEntry split = manifest.splits().get(name);
        if (split == null) {
            throw new ConfigException("the dataset " + root + " has no split '" + name + "'; it has "
                    + manifest.splits().keySet());
        }
        if (place < 0 || place >= split.rows()) {
            throw new ConfigException("the split " + name + " of " + root + " has rows 0 to " + (split.rows() - 1)
                    + " but row " + place + " was asked for");
        }
        return split;
    }

    private ShardReader reader(String path) {
        return readers.computeIfAbsent(path, name -> ShardReader.open(storage, Storages.resolve(root, name)));
    }

    /** The pieces of a document in their order; empty when the dataset does not hold it. Reads a few row groups. */
    public List<DocumentPiece> pieces(long documentId) {
        List<DocumentPiece> pieces = new ArrayList<>();
        try (TableReader table = table(TableSchema.DOCUMENTS).only("id", documentId, documentId)) {
            while (table.hasNext()) {
                DocumentPiece piece = TableRows.piece(table.next());
                if (piece.id() == documentId) {
                    pieces.add(piece);
                }
            }
        }
        return pieces;
    }

    /** The pieces a row was packed from, in the order of the row. Reads the whole table of documents. */
    public List<DocumentPiece> piecesOfRow(String split, long place) {
        split(split, place);
        List<DocumentPiece> pieces = new ArrayList<>();
        try (TableReader table = table(TableSchema.DOCUMENTS).only("row", place, place)) {
            while (table.hasNext()) {
                DocumentPiece piece = TableRows.piece(table.next());
                if (piece.row() == place && piece.split().equals(split)) {
                    pieces.add(piece);
                }
            }
        }
        pieces.sort(Comparator.comparingInt(DocumentPiece::start));
        return pieces;
    }

    /** The shards, ordered by split and number. */
    public List<ShardEntry> shards() {
        List<ShardEntry> shards = new ArrayList<>();
        Map<String, Integer> next = new HashMap<>();
        try (TableReader table = table(TableSchema.SHARDS)) {
            while (table.hasNext()) {
                Object[] row = table.next();
                shards.add(TableRows.shard(row, next.merge((String) row[1], 1, Integer::sum) - 1));
            }
        }
        shards.sort(Comparator.comparing(ShardEntry::split).thenComparingInt(ShardEntry::index));
        return shards;
    }

    /** The input files in the order of their index. */
    public List<FileEntry> files() {
        List<FileEntry> files = new ArrayList<>();
        try (TableReader table = table(TableSchema.FILES)) {
            table.forEachRemaining(row -> files.add(TableRows.file(row)));
        }
        files.sort(Comparator.comparingInt(FileEntry::index));
        return files;
    }

    /**
     * A table of the dataset, which the caller closes.
     *
     * @throws DamagedDatasetException if it is missing or cannot be read
     */
    public TableReader table(TableSchema schema) {
        String path = manifest.meta().get(schema.name());
        if (path == null) {
            throw new DamagedDatasetException("the manifest of " + root + " names no table " + schema.name()
                    + "; run verify, and fetch the dataset again");
        }
        return TableReader.open(storage, Storages.resolve(root, path), schema);
    }
}
