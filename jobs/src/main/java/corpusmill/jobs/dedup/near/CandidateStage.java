package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.Stage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Members of buckets → candidate pairs, with work bounded by the number of members whatever the size of a bucket.
 *
 * <p>A bucket of at most {@code whole} members gives all its pairs. In a larger one every member first meets the {@code
 * heads} best of the bucket, which removes the copies of one text or template. What is left then is numbered by rank,
 * and a member meets those of its own block of numbers and of the block before. The pairs that this leaves out are
 * counted.
 *
 * @param whole members of a bucket that all meet each other, at least 2
 * @param block members of a block of a larger bucket, at least {@code heads}
 * @param heads best members of a larger bucket that all others meet, at least 1
 */
public record CandidateStage(int whole, int block, int heads) implements Stage<BucketMember, CandidatePair> {

    /** A member of a larger bucket costs at most 144 pairs; in one of 256, which meets whole, 128 on the average. */
    public static final CandidateStage USUAL = new CandidateStage(256, 64, 16);

    /**
     * Members of buckets of two and more; nearly all keys of a natural corpus are of one document alone. To be written
     * before it is given to {@link #apply}, which reads its input several times. A bucket is all that has one key: the
     * number of the band is in it, and a chance meeting of two bands costs comparisons and nothing else.
     */
    public static Dataset<BucketMember> members(Dataset<Signature> signatures) {
        return signatures
                .select("id", "rank0", "rank1", "key")
                .withColumn("size", count(lit(1)).over(Window.partitionBy("key")))
                .filter(col("size").gt(1))
                .as(RecordEncoder.of(BucketMember.class));
    }

    /** Whether a bucket is too large to meet whole. Runs a query. */
    public boolean hasLarge(Dataset<BucketMember> members) {
        return members.agg(coalesce(max("size"), lit(0L))).first().getLong(0) > whole;
    }

    /** Pairs of the buckets that meet whole. */
    @Override
    public Dataset<CandidatePair> apply(Dataset<BucketMember> members) {
        Dataset<Row> small = members.filter(col("size").leq(whole)).toDF();
        return pairs(meeting(small, small));
    }

    /** The same, and in the other buckets the pairs with the heads. */
    public Dataset<CandidatePair> withHeads(Dataset<BucketMember> members) {
        Dataset<Row> small = members.filter(col("size").leq(whole)).toDF();
        Dataset<Row> large = large(members);
        return pairs(meeting(small, small).unionByName(meeting(large, large.filter("head"))));
    }

    /**
     * Pairs of the blocks of large buckets; some of them were candidates before.
     *
     * @param removed what the pairs of {@link #withHeads} remove, which meets nobody any more
     */
    public Dataset<CandidatePair> among(Dataset<BucketMember> members, Dataset<Removal> removed) {
        Dataset<Row> left = left(members, removed).withColumn("slot", slot(col("number")));
        // A member stands in its own block, and as one of the block before in the next.
        Dataset<Row> above = better(left)
                .withColumn("slot", explode(array(col("slot"), col("slot").plus(1))));
        return pairs(worse(left).join(above, new String[] {"key", "slot"}).filter(isBetter()));
    }

    /** Pairs of large buckets of which both are left and that were not compared on its account: one row, one column. */
    public Dataset<Row> skipped(Dataset<BucketMember> members, Dataset<Removal> removed) {
        Dataset<Row> buckets = left(members, removed)
                .groupBy("key")
                .agg(count(lit(1)).as("n"), sum(col("head").cast("long")).as("k"));
        Column blocks = slot(col("n"));
        Column last = col("n").minus(blocks.multiply(block));
        // All blocks but the last are full: pairs inside them, pairs with the block before, pairs with the heads.
        Column inside = blocks.multiply(block * (block - 1L) / 2)
                .plus(last.multiply(last.minus(1)).divide(2).cast("long"));
        Column across = greatest(blocks.minus(1).multiply((long) block * block).plus(last.multiply(block)), lit(0L));
        Column withHeads = greatest(col("n").minus(2L * block), lit(0L)).multiply(col("k"));
        Column all = col("n").multiply(col("n").minus(1)).divide(2).cast("long");
        return buckets.agg(coalesce(sum(all.minus(inside).minus(across).minus(withHeads)), lit(0L))
                .as("skipped"));
    }

    private Column slot(Column number) {
        return number.minus(1).divide(block).cast("long");
    }

    /** Members of large buckets, and whether they are a head. */
    private Dataset<Row> large(Dataset<BucketMember> members) {
        return numbered(members.filter(col("size").gt(whole)).toDF())
                .withColumn("head", col("number").leq(heads))
                .drop("number");
    }

    private Dataset<Row> left(Dataset<BucketMember> members, Dataset<Removal> removed) {
        return numbered(large(members).join(removed.select(col("removed").as("id")), new String[] {"id"}, "left_anti"));
    }

    private static Dataset<Row> numbered(Dataset<Row> members) {
        return members.withColumn(
                "number", row_number().over(Window.partitionBy("key").orderBy(col("rank0"), col("rank1"), col("id"))));
    }

    private static Dataset<Row> worse(Dataset<Row> members) {
        return members.withColumnRenamed("id", "worse").drop("size", "head", "number");
    }

    private static Dataset<Row> better(Dataset<Row> members) {
        return members.withColumnRenamed("id", "better")
                .withColumnRenamed("rank0", "above0")
                .withColumnRenamed("rank1", "above1")
                .drop("size", "head", "number");
    }

    private static Column isBetter() {
        Column first = col("above0").lt(col("rank0"));
        Column second = col("above0").equalTo(col("rank0")).and(col("above1").lt(col("rank1")));
        Column third = col("above0")
                .equalTo(col("rank0"))
                .and(col("above1").equalTo(col("rank1")))
                .and(col("better").lt(col("worse")));
        return first.or(second).or(third);
    }

    private static Dataset<Row> meeting(Dataset<Row> worse, Dataset<Row> better) {
        return worse(worse).join(better(better), "key").filter(isBetter());
    }

    private static Dataset<CandidatePair> pairs(Dataset<Row> joined) {
        return joined.select("better", "worse", "rank0", "rank1", "above0", "above1")
                .distinct()
                .as(RecordEncoder.of(CandidatePair.class));
    }
}
