package corpusmill.jobs.dedup.exact;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
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
        if (exact == Exact.FALSE) {
            return documents.sparkSession().emptyDataset(RecordEncoder.of(Removal.class));
        }
        Column[] rank = ranking.columns().toArray(Column[]::new);
        Dataset<Row> hashed = documents
                .select(col("id"), rank[0], rank[1], hashes().as("hash"))
                .select(
                        col("id"),
                        col("rank0"),
                        col("rank1"),
                        col("hash").getItem(0).as("high"),
                        col("hash").getItem(1).as("low"));
        Dataset<Row> groups = hashed.groupBy("high", "low")
                .agg(
                        min(struct("rank0", "rank1", "id")).as("best"),
                        count(lit(1)).as("copies"))
                .filter(col("copies").gt(1))
                .select(col("high"), col("low"), col("best.id").as("kept"));
        return hashed.join(groups, new String[] {"high", "low"})
                .filter(col("id").notEqual(col("kept")))
                .select(col("id").as("removed"), col("kept"), lit(Removal.EXACT).as("kind"), lit(1.0).as("similarity"))
                .as(RecordEncoder.of(Removal.class));
    }

    private Column hashes() {
        Column text = col("text");
        if (exact == Exact.TRUE) {
            return array(xxhash64(lit(0L), text), xxhash64(lit(1L), text));
        }
        return udf(GpuForm.of(new UnitHashes(shingle)), DataTypes.createArrayType(DataTypes.LongType))
                .apply(text.cast("binary"));
    }
}
