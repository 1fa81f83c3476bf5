package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.LshBands;
import corpusmill.jobs.dedup.recall.RecallStage;
import corpusmill.jobs.dedup.recall.SimilarPair;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.report.DuplicateSample;
import corpusmill.jobs.report.DuplicateSample.Bin;
import corpusmill.jobs.report.DuplicateSample.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the report shows of near-duplicates beside counts: recall on a sample, by exact comparison, and examples.
 *
 * @param run what shares the work folder
 * @param removed the evidence
 */
record DuplicateSampling(Run run, Dataset<RemovedDocument> removed) {

    private static final double BIN = 0.05;
    private static final int EXAMPLES = 4;
    private static final int EXCERPT = 240;
    private static final int BEFORE = 60;

    /**
     * Looks.
     *
     * @param distinct the new documents without identical texts
     * @param count how many these are
     * @param all every new document, and the earlier ones that some were compared with
     */
    DuplicateSample of(Dataset<Document> distinct, long count, Dataset<Document> all) {
        NearConfig near = run.config().deduplication().near();
        RecallStage stage = RecallStage.usual(near);
        Dataset<SimilarPair> pairs = run.work()
                .result("recall", run.fingerprints().near(), () -> {
                    run.describe("near: recall on a sample");
                    return stage.apply(distinct, count);
                })
                .read(run.spark(), SimilarPair.class);
        return new DuplicateSample(
                Math.min(stage.sample(), count),
                Math.min(stage.others(), count),
                bins(pairs, near),
                examples(all));
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

    private List<Example> examples(Dataset<Document> all) {
        run.describe("near: examples");
        Dataset<RemovedDocument> near = removed.filter(col("kind").equalTo(Removal.NEAR));
        Map<Long, RemovedDocument> chosen = new LinkedHashMap<>();
        near.orderBy("similarity", "removed")
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> chosen.put(row.removed(), row));
        near.orderBy(xxhash64(col("removed")), col("removed"))
                .limit(EXAMPLES)
                .collectAsList()
                .forEach(row -> chosen.putIfAbsent(row.removed(), row));
        Object[] ids = chosen.values().stream()
                .flatMap(row -> Stream.of(row.removed(), row.kept()))
                .distinct()
                .toArray();
        Map<Long, String> texts = new HashMap<>();
        if (ids.length > 0) {
            all.filter(col("id").isin(ids))
                    .as(RecordEncoder.of(Document.class))
                    .collectAsList()
                    .forEach(document -> texts.put(document.id(), document.text()));
        }
        return chosen.values().stream()
                .map(row -> example(row, texts.getOrDefault(row.removed(), ""), texts.getOrDefault(row.kept(), "")))
                .toList();
    }

    private static Example example(RemovedDocument row, String removed, String kept) {
        int same = 0;
        while (same < Math.min(removed.length(), kept.length()) && removed.charAt(same) == kept.charAt(same)) {
            same++;
        }
        int from = Math.max(0, same - BEFORE);
        return new Example(row.removed(), row.kept(), row.similarity(), excerpt(removed, from), excerpt(kept, from));
    }

    /** Part of a text, no surrogate of a pair alone. */
    static String excerpt(String text, int from) {
        int start = from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
        int end = Math.min(text.length(), start + EXCERPT);
        int whole = end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        return (start > 0 ? "\u2026" : "")
                + text.substring(Math.min(start, whole), whole)
                + (whole < text.length() ? "\u2026" : "");
    }
}
