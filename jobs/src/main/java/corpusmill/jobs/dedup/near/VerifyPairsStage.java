package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Candidate pairs and documents → pairs whose exact similarity reaches the threshold. The text of the worse document
 * travels to the better one's, whose own text comes once, before those of all that are compared with it.
 *
 * @param near the configuration
 */
public record VerifyPairsStage(NearConfig near) implements java.io.Serializable {

    /** In the place of the worse document: the row is the better one's own. */
    static final long ITSELF = -1;

    /** Verifies every pair on the documents' texts. */
    public Dataset<VerifiedPair> apply(Dataset<CandidatePair> pairs, Dataset<Document> documents) {
        // One narrow pass over the pairs first, so that only texts that are compared travel.
        Dataset<Row> compared = pairs.select(col("worse").as("id"), lit(0).as("better"))
                .union(pairs.select(col("better").as("id"), lit(1).as("better")))
                .groupBy("id")
                .agg(max("better").as("better"));
        Dataset<Row> texts = documents
                .join(compared, "id")
                .select(col("id"), col("better"), col("text").cast("binary"));
        Dataset<Row> worse = pairs.join(texts.select(col("id").as("worse"), col("text")), "worse")
                .select("better", "worse", "rank0", "rank1", "above0", "above1", "text");
        Column none = lit(0L);
        Dataset<Row> better = texts.filter(col("better").equalTo(1))
                .select(
                        col("id").as("better"),
                        lit(ITSELF).as("worse"),
                        none.as("rank0"),
                        none.as("rank1"),
                        none.as("above0"),
                        none.as("above1"),
                        col("text"));
        Dataset<PairText> rows = better.union(worse)
                .repartition(col("better"))
                .sortWithinPartitions("better", "worse")
                .as(RecordEncoder.of(PairText.class));
        NearConfig config = near;
        MapPartitionsFunction<PairText, VerifiedPair> verify = texted -> new JaccardVerifier(config).verify(texted);
        return rows.mapPartitions(verify, RecordEncoder.of(VerifiedPair.class));
    }

    /**
     * A candidate pair with the text of the worse document, or the text of the better one.
     *
     * @param worse id of the worse document, or {@link #ITSELF}
     * @param text UTF-8
     */
    public record PairText(long better, long worse, long rank0, long rank1, long above0, long above1, byte[] text) {}
}
