package corpusmill.formats.table;

import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardSummary;

/** Rows of the tables as records, and back. */
public final class TableRows {

    private TableRows() {}

    /** A row of {@link TableSchema#SHARDS}. */
    public static Object[] of(ShardEntry entry) {
        ShardSummary s = entry.summary();
        return new Object[] {
            entry.path(),
            entry.split(),
            s.rows(),
            s.tokens(),
            s.pad(),
            s.bytes(),
            s.sha256(),
            s.crc64nvme(),
            s.minId(),
            s.maxId()
        };
    }

    /**
     * A shard of a row of {@link TableSchema#SHARDS}.
     *
     * @param index its number within the split, which the table does not hold
     */
    public static ShardEntry shard(Object[] row, int index) {
        ShardSummary summary = new ShardSummary(
                (long) row[2],
                (long) row[3],
                (long) row[4],
                (long) row[5],
                (String) row[6],
                (String) row[7],
                (int) row[8],
                (int) row[9]);
        return new ShardEntry((String) row[0], (String) row[1], index, summary);
    }

    /** A row of {@link TableSchema#DOCUMENTS}. */
    public static Object[] of(DocumentPiece piece) {
        return new Object[] {piece.id(), piece.split(), piece.row(), piece.start(), piece.length()};
    }

    /** A piece of a row of {@link TableSchema#DOCUMENTS}. */
    public static DocumentPiece piece(Object[] row) {
        return new DocumentPiece((long) row[0], (String) row[1], (long) row[2], (int) row[3], (int) row[4]);
    }

    /** A row of {@link TableSchema#FILES}. */
    public static Object[] of(FileEntry file) {
        return new Object[] {
            file.index(),
            file.uri(),
            file.source(),
            file.bytes(),
            file.checksum(),
            file.records(),
            file.documents(),
            file.rejected(),
            file.reasons()
        };
    }

    /** A row of {@link TableSchema#ARCHIVE}. */
    public static Object[] of(ArchiveEntry file) {
        return new Object[] {file.path(), file.split(), file.rows(), file.bytes(), file.sha256()};
    }

    /** A file of a row of {@link TableSchema#ARCHIVE}. */
    public static ArchiveEntry archived(Object[] row) {
        return new ArchiveEntry((String) row[0], (String) row[1], (long) row[2], (long) row[3], (String) row[4]);
    }

    /** A file of a row of {@link TableSchema#FILES}. */
    public static FileEntry file(Object[] row) {
        return new FileEntry(
                (int) row[0],
                (String) row[1],
                (String) row[2],
                (long) row[3],
                (String) row[4],
                (long) row[5],
                (long) row[6],
                (long) row[7],
                (String) row[8]);
    }
}
