package corpusmill.jobs.dedup.exact;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.device.GpuForm;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.Stage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Documents → removals of identical texts. Two texts are identical when 128 bits of hash agree; the best-ranked copy
 * stays. One group-by over (hash, rank, id): a page copied 10⁶ times costs 10⁶ small rows, and its text never travels.
 *
 * @param exact what makes texts identical; with FALSE nothing is removed
 * @param shingle the units of NORMALIZED
 * @param ranking which of two copies is better
 */
public record ExactDedupStage(Exact exact, Shingle shingle, Ranking ranking) implements Stage<Document, Removal> {

    @Override
    public Dataset<Removal> apply(Dataset<Document> documents) {
        return removals(ranked(hashes(documents)), 0);
    }

    /**
     * Rows with the columns {@code bytes}, {@code high} and {@code low} of {@link TextHash} behind their own, where texts
     * are compared as they stand; without meaning where a row has no text.
     *
     * @param rows with a column {@code text}
     */
    public static Dataset<Row> withHashes(Dataset<?> rows) {
        return rows.withColumn("bytes", coalesce(bytes(), lit(0L)))
                .withColumn("high", hash(0))
                .withColumn("low", hash(1));
    }

    private static Column bytes() {
        return octet_length(col("text")).cast("long");
    }

    /** One of the two hashes of a text as it stands. */
    private static Column hash(long seed) {
        return xxhash64(lit(seed), col("text"));
    }

    /** Whether the hashes are those of {@link #withHashes}. */
    public boolean comparesAsTheyStand() {
        return exact != Exact.NORMALIZED;
    }

    /** The hashes of every text: a pass over all of them. */
    public Dataset<TextHash> hashes(Dataset<Document> documents) {
        return hashed(documents)
                .select(col("id"), col("source"), bytes().as("bytes"), col("high"), col("low"))
                .as(RecordEncoder.of(TextHash.class));
    }

    /** Documents with the columns {@code high} and {@code low} behind their own. */
    public Dataset<Row> hashed(Dataset<Document> documents) {
        return documents
                .select(col("id"), col("source"), col("text"), col("key"), hashes().as("hash"))
                .select(
                        col("id"),
                        col("source"),
                        col("text"),
                        col("key"),
                        col("hash").getItem(0).as("high"),
                        col("hash").getItem(1).as("low"));
    }

    /** Hashes with their rank. */
    public Dataset<RankedHash> ranked(Dataset<TextHash> hashes) {
        Column[] rank = ranking.columns(col("bytes")).toArray(Column[]::new);
        return hashes.select(col("id"), rank[0], rank[1], col("high"), col("low"))
                .as(RecordEncoder.of(RankedHash.class));
    }

    /**
     * The removals among hashes, read twice.
     *
     * @param first smallest id that may be removed; documents below it are in an earlier dataset
     */
    public Dataset<Removal> removals(Dataset<RankedHash> hashes, long first) {
        if (exact == Exact.FALSE) {
            return hashes.sparkSession().emptyDataset(RecordEncoder.of(Removal.class));
        }
        Dataset<Row> groups = hashes.groupBy("high", "low")
                .agg(
                        min(struct("rank0", "rank1", "id")).as("best"),
                        count(lit(1)).as("copies"))
                .filter(col("copies").gt(1))
                .select(col("high"), col("low"), col("best.id").as("kept"));
        return hashes.join(groups, new String[] {"high", "low"})
                .filter(col("id").notEqual(col("kept")).and(col("id").geq(first)))
                .select(col("id").as("removed"), col("kept"), lit(Removal.EXACT).as("kind"), lit(1.0).as("similarity"))
                .as(RecordEncoder.of(Removal.class));
    }

    private Column hashes() {
        if (comparesAsTheyStand()) {
            return array(hash(0), hash(1));
        }
        return udf(GpuForm.of(new UnitHashes(shingle)), DataTypes.createArrayType(DataTypes.LongType))
                .apply(col("text").cast("binary"));
    }
}
