package corpusmill.jobs.dedup.recall;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.RecordEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds all pairs of at least the threshold between a sample of documents and many others, exactly and without
 * signatures: what the search by signatures is measured against. Both are drawn by hashes of the id, so that the same
 * corpus gives the same pairs. The work is bounded whatever the corpus: {@code others} texts are cut into shingles, and
 * the sample's are held in memory.
 *
 * @param near the configuration
 * @param sample documents that are compared with the others, about, of texts up to {@link #LONGEST} bytes
 * @param others documents they are compared with, about; all there are if no more
 */
public record RecallStage(NearConfig near, int sample, int others) implements java.io.Serializable {

    /** What a run does: a few seconds at most. */
    public static RecallStage usual(NearConfig near) {
        return new RecallStage(near, 1024, 25_000);
    }

    /** Bytes of the longest text of the sample. */
    public static final int LONGEST = 16 << 10;

    /** Bytes of all texts of the sample: the shingles of these take some 80 MB at most. */
    private static final int BYTES = 2 << 20;

    /**
     * Whether a document is drawn, by its columns {@code id} and {@code text}: into the sample, or to be compared with it.
     *
     * @param count how many documents there are
     */
    public Column isDrawn(long count) {
        return isSampled(count).or(isCompared(count));
    }

    /**
     * How many documents are drawn at most, about.
     *
     * @param count how many documents there are
     */
    public long drawn(long count) {
        return Math.min(count, (long) sample + others);
    }

    /**
     * The documents that the sample is compared with.
     *
     * @param drawn columns {@code id} and {@code text} of at least the documents that are drawn
     * @param count how many documents there are
     */
    public Dataset<Text> compared(Dataset<Row> drawn, long count) {
        return texts(drawn.filter(isCompared(count)));
    }

    /** Documents as they are compared; of the columns {@code id} and {@code text}. */
    public static Dataset<Text> texts(Dataset<?> documents) {
        return documents
                .select(col("id"), col("text").cast("binary").as("text"))
                .as(RecordEncoder.of(Text.class));
    }

    private Column isCompared(long count) {
        return count <= others ? lit(true) : pmod(hash(2), lit(count)).lt(others);
    }

    private Column isSampled(long count) {
        Column some = count <= sample ? lit(true) : pmod(hash(1), lit(count)).lt(sample);
        return some.and(octet_length(col("text")).leq(LONGEST));
    }

    /**
     * The sample: the first by hash that together stay within {@link #BYTES}.
     *
     * @param drawn columns {@code id} and {@code text} of at least the documents that are drawn
     * @param count how many documents there are
     */
    public List<Text> sample(Dataset<Row> drawn, long count) {
        List<Text> sampled = new ArrayList<>();
        long bytes = 0;
        for (Text text : texts(drawn.filter(isSampled(count)).orderBy(hash(1), col("id")))
                .collectAsList()) {
            bytes += text.text().length;
            if (bytes > BYTES) {
                break;
            }
            sampled.add(text);
        }
        return sampled;
    }

    /**
     * Finds the pairs.
     *
     * @param drawn columns {@code id} and {@code text} of at least the documents that are drawn
     * @param sampled the sample
     * @param count how many documents there are
     */
    public Dataset<SimilarPair> apply(Dataset<Row> drawn, List<Text> sampled, long count) {
        ShingleIndex index = new ShingleIndex(
                sampled.stream().mapToLong(Text::id).toArray(),
                sampled.stream().map(Text::text).toList(),
                near.shingle());
        Broadcast<ShingleIndex> shared = JavaSparkContext.fromSparkContext(
                        drawn.sparkSession().sparkContext())
                .broadcast(index);
        double threshold = near.threshold();
        FlatMapFunction<Text, SimilarPair> compare = text ->
                shared.value().similar(text.id(), text.text(), threshold).iterator();
        return compared(drawn, count).flatMap(compare, RecordEncoder.of(SimilarPair.class));
    }

    private static Column hash(long seed) {
        return xxhash64(lit(seed), col("id"));
    }

    /**
     * A drawn document.
     *
     * @param text UTF-8
     */
    public record Text(long id, byte[] text) {}
}
