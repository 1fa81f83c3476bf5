package corpusmill.formats.table;

import java.util.List;

/**
 * The columns of a table.
 *
 * @param name of the table
 * @param columns in their order
 */
public record TableSchema(String name, List<Column> columns) {

    /** {@code path, split, rows, tokens, pad, bytes, sha256, crc64nvme, min_id, max_id}. */
    public static final TableSchema SHARDS = new TableSchema(
            "shards",
            List.of(
                    string("path"),
                    string("split"),
                    int64("rows"),
                    int64("tokens"),
                    int64("pad"),
                    int64("bytes"),
                    string("sha256"),
                    string("crc64nvme"),
                    int32("min_id"),
                    int32("max_id")));

    /** {@code id, split, row, start, length}. */
    public static final TableSchema DOCUMENTS = new TableSchema(
            "documents", List.of(int64("id"), string("split"), int64("row"), int32("start"), int32("length")));

    /** {@code index, uri, source, bytes, checksum, records, documents, rejected, reasons}. */
    public static final TableSchema FILES = new TableSchema(
            "files",
            List.of(
                    int32("index"),
                    string("uri"),
                    string("source"),
                    int64("bytes"),
                    string("checksum"),
                    int64("records"),
                    int64("documents"),
                    int64("rejected"),
                    string("reasons")));

    /** {@code removed, kept, kind, similarity, cluster, size}. */
    public static final TableSchema REMOVED = new TableSchema(
            "removed",
            List.of(
                    int64("removed"),
                    int64("kept"),
                    string("kind"),
                    new Column("similarity", ColumnType.DOUBLE),
                    int64("cluster"),
                    int64("size")));

    /** {@code file, offset, length, reason, sha256}. */
    public static final TableSchema REJECTED = new TableSchema(
            "rejected", List.of(int32("file"), int64("offset"), int64("length"), string("reason"), string("sha256")));

    /** {@code path, split, rows, bytes, sha256}: only of a dataset with an archive. */
    public static final TableSchema ARCHIVE = new TableSchema(
            "archive", List.of(string("path"), string("split"), int64("rows"), int64("bytes"), string("sha256")));

    /** Every table that a dataset always has, in the order of the specification. */
    public static final List<TableSchema> ALL = List.of(SHARDS, DOCUMENTS, FILES, REMOVED, REJECTED);

    public TableSchema {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param name of the column
     * @param type what it holds
     */
    public record Column(String name, ColumnType type) {}

    private static Column string(String name) {
        return new Column(name, ColumnType.STRING);
    }

    private static Column int64(String name) {
        return new Column(name, ColumnType.INT64);
    }

    private static Column int32(String name) {
        return new Column(name, ColumnType.INT32);
    }
}
