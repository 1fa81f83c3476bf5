package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Verified pairs → removals, greedily by rank: a document is removed exactly when one of better rank that is similar to
 * it is kept, and its evidence is the best-ranked of these.
 *
 * <p>Up to {@code most} pairs are decided by one task, which reads them in the order of the worse document's rank and
 * remembers the removed ids, at most 32 bytes each. While there are more, rounds over all tasks come first: a document
 * that no better-ranked one is similar to stays, what is similar to it goes, and the pairs of what is decided go with
 * it. A round that takes away less than an eighth of the pairs, as with long chains, is the last.
 *
 * @param most pairs that one task decides
 */
public record KeepStage(long most) implements java.io.Serializable {

    /** One task holds at most 268 MB for it. */
    public static final KeepStage USUAL = new KeepStage(1 << 23);

    /**
     * The removals. With more than {@link #most} pairs it runs queries.
     *
     * @param pairs read several times
     * @param count how many they are
     * @param name what the intermediate results' names begin with
     */
    public Dataset<Removal> apply(Dataset<VerifiedPair> pairs, long count, String name, Intermediate results) {
        List<Dataset<DecidedDocument>> rounds = new ArrayList<>();
        Dataset<VerifiedPair> open = pairs;
        long left = count;
        long before = Long.MAX_VALUE;
        while (left > most && left <= before - before / 8) {
            before = left;
            Dataset<VerifiedPair> round = open;
            String number = name + "-" + (rounds.size() + 1);
            Dataset<DecidedDocument> gone =
                    results.write(number + "-removed", () -> nextToRoots(round), DecidedDocument.class);
            rounds.add(gone);
            open = results.write(number + "-open", () -> without(round, gone), VerifiedPair.class);
            left = open.count();
        }
        Dataset<Removal> rest = inOneTask(open);
        if (rounds.isEmpty()) {
            return rest;
        }
        Dataset<Row> removed = rest.select(col("removed").as("better"));
        for (Dataset<DecidedDocument> round : rounds) {
            removed = removed.union(round.select(col("id").as("better")));
        }
        return evidence(pairs.join(removed, new String[] {"better"}, "left_anti"));
    }

    private static Dataset<Removal> inOneTask(Dataset<VerifiedPair> pairs) {
        MapPartitionsFunction<VerifiedPair, Removal> decide = rows -> new GreedyKeeper(rows);
        return pairs.coalesce(1)
                .sortWithinPartitions("rank0", "rank1", "worse", "above0", "above1", "better")
                .mapPartitions(decide, RecordEncoder.of(Removal.class));
    }

    /** Documents that are similar to one that no better-ranked document is similar to. */
    private static Dataset<DecidedDocument> nextToRoots(Dataset<VerifiedPair> pairs) {
        return pairs.join(pairs.select(col("worse").as("better")).distinct(), new String[] {"better"}, "left_anti")
                .select(col("worse").as("id"))
                .distinct()
                .as(RecordEncoder.of(DecidedDocument.class));
    }

    private static Dataset<VerifiedPair> without(Dataset<VerifiedPair> pairs, Dataset<DecidedDocument> removed) {
        return pairs.join(removed.select(col("id").as("worse")), new String[] {"worse"}, "left_anti")
                .join(removed.select(col("id").as("better")), new String[] {"better"}, "left_anti")
                .select("better", "worse", "rank0", "rank1", "above0", "above1", "similarity")
                .as(RecordEncoder.of(VerifiedPair.class));
    }

    /** Of pairs with a kept better document, the best of each removed one. */
    private static Dataset<Removal> evidence(Dataset<Row> pairs) {
        return pairs.groupBy("worse")
                .agg(min(struct("above0", "above1", "better", "similarity")).as("best"))
                .select(
                        col("worse").as("removed"),
                        col("best.better").as("kept"),
                        lit(Removal.NEAR).as("kind"),
                        col("best.similarity").as("similarity"))
                .as(RecordEncoder.of(Removal.class));
    }

    /**
     * A document that a round removed.
     *
     * @param id document id
     */
    public record DecidedDocument(long id) {}

    /** Where a result lies that is computed once and read several times. */
    @FunctionalInterface
    public interface Intermediate {

        /**
         * Computes a result and gives it from where it lies.
         *
         * @param name of the result, unique in a run
         * @param make describes the query
         */
        <T extends Record> Dataset<T> write(String name, Supplier<Dataset<T>> make, Class<T> type);
    }
}
