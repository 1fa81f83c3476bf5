package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Candidate pairs and documents → pairs whose exact similarity reaches the threshold. The text of the worse document
 * travels to the better one's; the better one's shingles are computed once.
 *
 * @param near the configuration
 */
public record VerifyPairsStage(NearConfig near) implements java.io.Serializable {

    /** Verifies every pair on the documents' texts. */
    public Dataset<VerifiedPair> apply(Dataset<CandidatePair> pairs, Dataset<Document> documents) {
        // One narrow pass over the pairs first, so that only texts that are compared travel.
        Dataset<Row> compared = pairs.select(col("worse").as("id"))
                .union(pairs.select(col("better").as("id")))
                .distinct();
        Dataset<Row> texts = documents
                .join(compared, new String[] {"id"}, "left_semi")
                .select(col("id"), col("text").cast("binary").as("text"));
        Dataset<Row> withWorse =
                pairs.join(texts.withColumnRenamed("id", "worse").withColumnRenamed("text", "below"), "worse");
        Dataset<PairTexts> withBoth = withWorse
                .join(texts.withColumnRenamed("id", "better").withColumnRenamed("text", "above"), "better")
                .select("better", "worse", "rank0", "rank1", "above0", "above1", "above", "below")
                .sortWithinPartitions("better", "worse")
                .as(RecordEncoder.of(PairTexts.class));
        NearConfig config = near;
        MapPartitionsFunction<PairTexts, VerifiedPair> verify = rows -> new JaccardVerifier(config).verify(rows);
        return withBoth.mapPartitions(verify, RecordEncoder.of(VerifiedPair.class));
    }

    /**
     * A candidate pair with its texts.
     *
     * @param above text of the better document, UTF-8
     * @param below text of the worse one, UTF-8
     */
    public record PairTexts(
            long better, long worse, long rank0, long rank1, long above0, long above1, byte[] above, byte[] below) {}
}
