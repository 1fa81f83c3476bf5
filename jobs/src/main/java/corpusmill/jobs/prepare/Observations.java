package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.bin;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.jobs.dedup.near.VerifiedPair;
import corpusmill.jobs.dedup.recall.RecallStage;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.flow.Scripts;
import corpusmill.jobs.report.CurvePoint;
import corpusmill.jobs.report.DuplicateExample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** What a run sees of its documents, for the report alone. What would cost more than a scan of columns is a sample. */
record Observations(Run run) {

    /** Pairs whose bands are looked at. */
    private static final long PAIRS = 10_000;

    private static final double BIN = 0.02;
    private static final int EXAMPLES = 4;
    private static final int TEXT = 16_000;

    /** How many kept documents have as many tokens as the key and more, and less than twice as many. */
    SortedMap<Long, Long> lengths(Dataset<PackedRow> rows) {
        run.describe("report: lengths");
        Column start = when(col("i").equalTo(0), lit(0)).otherwise(col("ends").getItem(col("i").minus(1)));
        SortedMap<Long, Long> lengths = new TreeMap<>();
        rows.toDF()
                .filter(col("dropped").isNull())
                .select(posexplode(col("documents")).as(new String[] {"i", "id"}), col("ends"))
                .select(col("id"), col("ends").getItem(col("i")).minus(start).as("tokens"))
                .groupBy("id")
                .agg(sum("tokens").as("tokens"))
                .groupBy(length(bin(col("tokens"))).as("bits"))
                .count()
                .collectAsList()
                .forEach(row -> lengths.put(1L << row.getInt(0) - 1, row.getLong(1)));
        return lengths;
    }

    /** How many documents of a sample are written in a script. */
    SortedMap<String, Long> scripts(Dataset<RecallStage.Text> sample) {
        run.describe("report: scripts");
        MapFunction<RecallStage.Text, String> script =
                text -> Scripts.of(new String(text.text(), StandardCharsets.UTF_8));
        SortedMap<String, Long> scripts = new TreeMap<>();
        sample.map(script, Encoders.STRING())
                .groupBy("value")
                .count()
                .collectAsList()
                .forEach(row -> scripts.put(row.getString(0), row.getLong(1)));
        return scripts;
    }

    /**
     * The bands that similar pairs share, by similarity.
     *
     * @param similar how many pairs there are
     * @param keys of every document, columns {@code id} and {@code keys}; a key is of one band
     */
    List<CurvePoint> curve(Dataset<VerifiedPair> pairs, long similar, Dataset<Row> keys) {
        run.describe("report: curve");
        long one = Math.max(1, similar / PAIRS);
        Dataset<Row> sample = pairs.select("better", "worse", "similarity")
                .filter(pmod(xxhash64(col("better"), col("worse")), lit(one)).equalTo(0));
        Dataset<Row> above = keys.select(col("id").as("better"), col("keys").as("above"));
        Dataset<Row> below = keys.select(col("id").as("worse"), col("keys").as("below"));
        // The few pairs are sent to the many keys, not the other way round.
        return below
                .join(broadcast(above.join(broadcast(sample), "better")), "worse")
                .select(
                        col("similarity"),
                        size(array_intersect(col("above"), col("below"))).as("bands"))
                .filter(col("bands").gt(0))
                .groupBy(floor(col("similarity").divide(BIN)).as("bin"))
                .agg(avg("similarity"), count(lit(1)), sum("bands"))
                .orderBy("bin")
                .collectAsList()
                .stream()
                .map(row -> new CurvePoint(row.getDouble(1), row.getLong(2), row.getLong(3)))
                .toList();
    }

    /** The removed documents that are the least similar to what is kept. */
    List<DuplicateExample> examples(Dataset<RemovedDocument> removed, Dataset<Document> documents) {
        run.describe("report: examples");
        List<Row> least = removed.filter(col("kind").equalTo(Removal.NEAR))
                .select("removed", "kept", "similarity")
                .orderBy("similarity", "removed")
                .limit(EXAMPLES)
                .collectAsList();
        Object[] ids = least.stream()
                .flatMap(row -> Stream.of(row.getLong(0), row.getLong(1)))
                .distinct()
                .toArray();
        Map<Long, String> texts = new HashMap<>();
        if (ids.length > 0) {
            documents
                    .filter(col("id").isin(ids))
                    .select(col("id"), substring(col("text"), 1, TEXT))
                    .collectAsList()
                    .forEach(row -> texts.put(row.getLong(0), row.getString(1)));
        }
        List<DuplicateExample> examples = new ArrayList<>();
        for (Row row : least) {
            examples.add(
                    DuplicateExample.of(row.getDouble(2), side(row.getLong(0), texts), side(row.getLong(1), texts)));
        }
        return examples;
    }

    private DuplicateExample.Side side(long id, Map<Long, String> texts) {
        int file = DocumentId.file(id);
        String uri = file >= run.input().first()
                ? run.input().file(file).uri()
                : run.earlier().of(file).root().toString();
        return new DuplicateExample.Side(id, uri, texts.getOrDefault(id, ""));
    }
}
