package corpusmill.jobs.dedup.recall;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.Document;
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
 * signatures: what the search by signatures is measured against. Both are drawn by a hash of the id, so that the same
 * corpus gives the same pairs. The work is bounded whatever the corpus: {@code others} texts are cut into shingles, and
 * the sample's are held in memory.
 *
 * @param near the configuration
 * @param sample documents that are compared with the others, of texts up to {@link #LONGEST} bytes
 * @param others documents they are compared with, all there are if no more
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
     * Finds the pairs. Reads the sample when it is called.
     *
     * @param ids of the sample
     * @param count how many documents there are
     */
    public Dataset<SimilarPair> apply(Dataset<Document> documents, List<Long> ids, long count) {
        List<Row> drawn = documents
                .filter(col("id").isin(ids.toArray()))
                .select(col("id"), col("text").cast("binary").as("text"))
                .collectAsList();
        List<byte[]> texts = new ArrayList<>();
        drawn.forEach(row -> texts.add((byte[]) row.get(1)));
        ShingleIndex index =
                new ShingleIndex(drawn.stream().mapToLong(row -> row.getLong(0)).toArray(), texts, near.shingle());
        Broadcast<ShingleIndex> shared = JavaSparkContext.fromSparkContext(
                        documents.sparkSession().sparkContext())
                .broadcast(index);
        double threshold = near.threshold();
        FlatMapFunction<Text, SimilarPair> compare = text ->
                shared.value().similar(text.id(), text.text(), threshold).iterator();
        Dataset<Document> compared = count <= others
                ? documents
                : documents.filter(pmod(hash(2), lit(count)).lt(others));
        return compared.select(col("id"), col("text").cast("binary").as("text"))
                .as(RecordEncoder.of(Text.class))
                .flatMap(compare, RecordEncoder.of(SimilarPair.class));
    }

    /**
     * Draws the sample, without looking at a text: the first by hash that together stay within {@link #BYTES}.
     *
     * @param sizes bytes of the documents' texts, columns {@code id} and {@code bytes}
     */
    public List<Long> draw(Dataset<Row> sizes) {
        List<Long> ids = new ArrayList<>();
        long bytes = 0;
        for (Row row : sizes.filter(col("bytes").leq(LONGEST))
                .select(col("id"), hash(1).as("hash"), col("bytes"))
                .orderBy("hash", "id")
                .limit(sample)
                .collectAsList()) {
            bytes += row.getLong(2);
            if (bytes > BYTES) {
                break;
            }
            ids.add(row.getLong(0));
        }
        return ids;
    }

    private static Column hash(long seed) {
        return xxhash64(lit(seed), col("id"));
    }

    /**
     * What is compared of a document.
     *
     * @param text UTF-8
     */
    public record Text(long id, byte[] text) {}
}
