package corpusmill.jobs.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Stage;
import corpusmill.jobs.flow.TokenizedDocument;
import java.net.URI;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;

/**
 * Pieces of documents → the documents' tokens, from the shards of a published dataset. Reads the rows that hold a piece
 * and no others, each once, a shard by one task.
 *
 * @param root of the dataset
 * @param hadoop settings of its store
 * @param splits of its manifest
 */
public record ReadDocumentsStage(URI root, Map<String, String> hadoop, Map<String, SplitEntry> splits)
        implements Stage<DocumentPiece, TokenizedDocument> {

    @Override
    public Dataset<TokenizedDocument> apply(Dataset<DocumentPiece> pieces) {
        URI place = root;
        Map<String, String> settings = hadoop;
        MapPartitionsFunction<DocumentPiece, ReadPiece> read =
                rows -> new PieceReader(Storages.open(place, settings), place, rows);
        MapPartitionsFunction<ReadPiece, TokenizedDocument> join = PieceJoiner::new;
        return pieces.repartition(col("split"), shard())
                .sortWithinPartitions("split", "row", "start")
                .mapPartitions(read, RecordEncoder.of(ReadPiece.class))
                .repartition(col("id"))
                .sortWithinPartitions("id", "position")
                .mapPartitions(join, RecordEncoder.of(TokenizedDocument.class));
    }

    private Column shard() {
        Column shard = lit(0L);
        for (Map.Entry<String, SplitEntry> split : splits.entrySet()) {
            shard = when(
                            col("split").equalTo(split.getKey()),
                            floor(col("row").divide(split.getValue().rowsPerShard())))
                    .otherwise(shard);
        }
        return shard;
    }
}
