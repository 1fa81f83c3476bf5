package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;

import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.TableRows;
import corpusmill.formats.table.TableSchema;
import corpusmill.formats.table.TableWriter;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.MappedIterator;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.RemovedDocument;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables of a dataset, each one file whose rows have a total order. Rows come to the driver one partition at a time.
 *
 * @param paths table name to path, relative to the root
 */
record MetaTables(Run run, Map<String, String> paths) {

    /** Writes them all and gives path → SHA-256. */
    SortedMap<String, String> write(
            Ingestion ingested, Dataset<RemovedDocument> removed, Packing packed, Writing written) {
        run.describe("write: tables");
        SortedMap<String, String> checksums = new TreeMap<>();
        write(
                checksums,
                TableSchema.SHARDS,
                written.shards().stream().map(TableRows::of).iterator());
        write(checksums, TableSchema.FILES, ingested.table());
        write(checksums, TableSchema.DOCUMENTS, values(pieces(written.placed())));
        write(
                checksums,
                TableSchema.REMOVED,
                values(removed.select("removed", "kept", "kind", "similarity", "cluster", "size")
                        .orderBy("removed")));
        write(checksums, TableSchema.REJECTED, values(rejected(ingested, packed)));
        if (paths.containsKey(TableSchema.ARCHIVE.name())) {
            write(
                    checksums,
                    TableSchema.ARCHIVE,
                    written.archive().stream().map(TableRows::of).iterator());
        }
        return checksums;
    }

    private void write(SortedMap<String, String> checksums, TableSchema schema, Iterator<Object[]> rows) {
        String path = Objects.requireNonNull(paths.get(schema.name()));
        String sha256 = Storages.writeHashed(
                run.storage(), Storages.resolve(run.config().output(), path), out -> {
                    try (TableWriter writer = new TableWriter(out, schema)) {
                        while (rows.hasNext()) {
                            writer.write(rows.next());
                        }
                    }
                });
        checksums.put(path, sha256);
    }

    private static Iterator<Object[]> values(Dataset<Row> rows) {
        return new MappedIterator<>(rows.toLocalIterator(), MetaTables::values);
    }

    private static Object[] values(Row row) {
        return IntStream.range(0, row.length()).mapToObj(row::get).toArray();
    }

    private static Dataset<Row> rejected(Ingestion ingested, Packing packed) {
        Dataset<Row> records = ingested.rejected().select("id", "length", "reason", "sha256");
        Dataset<Row> documents =
                packed.droppedDocuments().select(col("id"), lit(0L).as("length"), col("reason"), lit("").as("sha256"));
        return records.unionByName(documents)
                .select(
                        shiftright(col("id"), 40).cast("int").as("file"),
                        col("id").bitwiseAND(DocumentId.MAX_OFFSET - 1).as("offset"),
                        col("length"),
                        col("reason"),
                        col("sha256"))
                .orderBy("file", "offset", "reason", "length", "sha256");
    }

    private static Dataset<Row> pieces(Dataset<Row> placed) {
        FlatMapFunction<RowPieces, Piece> explode = row -> {
            long[] ids = row.documents();
            return IntStream.range(0, ids.length)
                    .mapToObj(i -> {
                        int start = i == 0 ? 0 : row.ends()[i - 1];
                        return new Piece(
                                ids[i],
                                row.split(),
                                row.place(),
                                start,
                                row.ends()[i] - start,
                                i == 0 ? row.first() : 0);
                    })
                    .iterator();
        };
        return placed.select("split", "place", "documents", "ends", "first")
                .as(RecordEncoder.of(RowPieces.class))
                .flatMap(explode, RecordEncoder.of(Piece.class))
                .orderBy("id", "position")
                .select("id", "split", "row", "start", "length");
    }

    /** What of a placed row tells its pieces. */
    public record RowPieces(String split, long place, long[] documents, int[] ends, int first) {
        @Override
        public String toString() {
            return split + " " + place + " " + Arrays.toString(documents);
        }
    }

    /**
     * Part of a document in a row.
     *
     * @param position first token inside the document
     */
    public record Piece(long id, String split, long row, int start, int length, int position) {}
}
