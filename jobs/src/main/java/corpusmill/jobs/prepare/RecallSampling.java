package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.LshBands;
import corpusmill.jobs.dedup.recall.RecallStage;
import corpusmill.jobs.dedup.recall.SimilarPair;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.report.RecallSample;
import corpusmill.jobs.report.RecallSample.Bin;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Recall of the search for near-duplicates, measured on a sample by exact comparison.
 *
 * @param run what shares the work folder
 * @param removed the evidence
 */
record RecallSampling(Run run, Dataset<RemovedDocument> removed) {

    private static final double BIN = 0.05;

    /**
     * Measures.
     *
     * @param drawn columns {@code id} and {@code text} of the new documents without identical texts, at least of those
     *     that are drawn
     * @param count how many these documents are
     */
    RecallSample of(Dataset<Row> drawn, long count) {
        NearConfig near = run.config().deduplication().near();
        RecallStage stage = RecallStage.usual(near);
        run.describe("near: recall on a sample");
        List<RecallStage.Text> sample = stage.sample(drawn, count);
        Dataset<SimilarPair> pairs = run.work()
                .result("recall-pairs", run.fingerprints().near(), () -> {
                    run.describe("near: recall on a sample");
                    return stage.apply(drawn, sample, count);
                })
                .read(run.spark(), SimilarPair.class);
        return new RecallSample(sample.size(), Math.min(stage.others(), count), bins(pairs, near));
    }

    private List<Bin> bins(Dataset<SimilarPair> pairs, NearConfig near) {
        Dataset<Row> gone = removed.select(col("removed"), lit(true).as("gone")).distinct();
        List<Row> rows = pairs.join(
                        gone.withColumnRenamed("removed", "first").withColumnRenamed("gone", "firstGone"),
                        "first",
                        "left")
                .join(
                        gone.withColumnRenamed("removed", "second").withColumnRenamed("gone", "secondGone"),
                        "second",
                        "left")
                .groupBy(floor(col("similarity").multiply(1000)).as("thousandths"))
                .agg(
                        count(lit(1)),
                        sum(when(
                                        col("firstGone")
                                                .isNotNull()
                                                .or(col("secondGone").isNotNull()),
                                        1L)
                                .otherwise(0L)),
                        avg("similarity"))
                .orderBy("thousandths")
                .collectAsList();
        return bins(rows.stream().map(row -> new Bin(row.getDouble(3), row.getLong(1), row.getLong(2), 0)), near);
    }

    /** Joins pairs of about one similarity, given as {@code from}, to bins of {@value #BIN} from the threshold on. */
    static List<Bin> bins(Stream<Bin> pairs, NearConfig near) {
        LshBands bands = LshBands.of(near.threshold(), near.recall());
        SortedMap<Integer, Bin> bins = new TreeMap<>();
        pairs.forEach(some -> bins.merge(
                (int) Math.floor((some.from() - near.threshold()) / BIN + 1e-9),
                new Bin(some.from(), some.pairs(), some.settled(), bands.probability(some.from())),
                (a, b) -> new Bin(
                        a.from(),
                        a.pairs() + b.pairs(),
                        a.settled() + b.settled(),
                        (a.pairs() * a.expected() + b.pairs() * b.expected()) / (a.pairs() + b.pairs()))));
        List<Bin> result = new ArrayList<>();
        bins.forEach((number, bin) ->
                result.add(new Bin(near.threshold() + number * BIN, bin.pairs(), bin.settled(), bin.expected())));
        return result;
    }
}
