package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Stage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Band keys → candidate pairs, with work bounded by the number of keys whatever the size of a bucket.
 *
 * <p>The members of a bucket are numbered by rank. A bucket of at most {@code block} members gives all its pairs. In a
 * larger one a member meets the members of its own block of numbers and of the block before, and the {@code heads} best
 * of the bucket; what that leaves out is counted by {@link #skipped}.
 *
 * @param block members of a bucket that all meet each other, at least 2
 * @param heads best members of a bucket that all others meet
 */
public record CandidateStage(int block, int heads) implements Stage<Signature, CandidatePair> {

    /** Pairs per key stay below 2.2 times this. */
    public static final CandidateStage USUAL = new CandidateStage(256, 32);

    /**
     * Members of buckets of two and more; nearly all keys of a natural corpus are of one document alone. To be written
     * before it is given to {@link #apply}, which reads its input several times.
     */
    public static Dataset<Signature> shared(Dataset<Signature> signatures) {
        Dataset<Row> buckets = signatures
                .groupBy("key", "band")
                .agg(count(lit(1)).as("n"))
                .filter(col("n").gt(1))
                .select("key", "band");
        return signatures
                .join(buckets, new String[] {"key", "band"}, "left_semi")
                .select("id", "rank0", "rank1", "band", "key")
                .as(RecordEncoder.of(Signature.class));
    }

    @Override
    public Dataset<CandidatePair> apply(Dataset<Signature> signatures) {
        Dataset<Row> members = numbered(signatures);
        Dataset<Row> worse = members.select(
                col("band"),
                col("key"),
                col("id").as("worse"),
                col("rank0"),
                col("rank1"),
                col("number").as("below"),
                col("slot"));
        Dataset<Row> near = worse.join(above(members, slots()), on("slot"))
                .filter(col("above").lt(col("below")));
        Dataset<Row> heads = worse.filter(col("slot").gt(1))
                .join(above(members.filter(col("number").leq(heads())), lit(0)).drop("slot"), on());
        return pairs(near).unionByName(pairs(heads)).distinct().as(RecordEncoder.of(CandidatePair.class));
    }

    /** Pairs of members of one bucket that were not compared on its account: one row with the column {@code skipped}. */
    public Dataset<Row> skipped(Dataset<Signature> signatures) {
        Dataset<Row> buckets =
                signatures.groupBy("band", "key").agg(count(lit(1)).as("n")).filter(col("n").gt(block));
        Column blocks = col("n").minus(1).divide(block).cast("long");
        Column last = col("n").minus(blocks.multiply(block));
        // All blocks but the last are full: pairs inside them, pairs with the block before, pairs with the heads.
        Column inside = blocks.multiply(block * (block - 1L) / 2)
                .plus(last.multiply(last.minus(1)).divide(2).cast("long"));
        Column across = blocks.minus(1).multiply((long) block * block).plus(last.multiply(block));
        Column withHeads = greatest(col("n").minus(2L * block), lit(0L)).multiply((long) heads);
        Column all = col("n").multiply(col("n").minus(1)).divide(2).cast("long");
        return buckets.agg(coalesce(sum(all.minus(inside).minus(across).minus(withHeads)), lit(0L))
                .as("skipped"));
    }

    private Dataset<Row> numbered(Dataset<Signature> signatures) {
        // The key comes first: its bits decide nearly every comparison of the sort, those of the band hardly any.
        WindowSpec bucket = Window.partitionBy("key", "band").orderBy(col("rank0"), col("rank1"), col("id"));
        return signatures
                .toDF()
                .withColumn("number", row_number().over(bucket))
                .withColumn("slot", col("number").minus(1).divide(block).cast("int"));
    }

    /** A member stands in its own block, and as one of the block before in the next. */
    private static Column slots() {
        return explode(array(col("slot"), col("slot").plus(1)));
    }

    private static Dataset<Row> above(Dataset<Row> members, Column slots) {
        return members.select(
                col("band"),
                col("key"),
                col("id").as("better"),
                col("rank0").as("above0"),
                col("rank1").as("above1"),
                col("number").as("above"),
                slots.as("slot"));
    }

    private static String[] on(String... more) {
        String[] columns = java.util.Arrays.copyOf(new String[] {"band", "key"}, 2 + more.length);
        System.arraycopy(more, 0, columns, 2, more.length);
        return columns;
    }

    private static Dataset<Row> pairs(Dataset<Row> joined) {
        return joined.select("better", "worse", "rank0", "rank1", "above0", "above1");
    }
}
