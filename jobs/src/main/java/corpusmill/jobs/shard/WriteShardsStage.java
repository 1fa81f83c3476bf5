package corpusmill.jobs.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.RecordEncoder;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Packed rows → shards in storage and one entry for each. Rows are counted first, so that every row's place and every
 * shard's size are known before a byte is written; then they are shuffled to their shards, and a task sorts the rows of
 * one shard and streams them.
 *
 * @param root of the dataset
 * @param directory of the splits, relative to the root
 * @param layout of a row
 * @param seed keys the order
 * @param settings Hadoop settings by their own names
 * @param finished notes on the shards that are there already
 */
public record WriteShardsStage(
        URI root, String directory, RowLayout layout, long seed, Map<String, String> settings, FinishedShards finished)
        implements Serializable {

    /** A task writes one shard, or one after another when there are more than so many. */
    static final int MAX_PARTITIONS = 20_000;

    private static final int HASH_SEED = 42;

    /**
     * What all shards share.
     *
     * @param sequenceLength tokens per row
     * @param type how an id is stored
     * @param rowsPerShard rows of every shard but a split's last
     */
    public record RowLayout(int sequenceLength, TokenType type, long rowsPerShard) implements Serializable {

        /** The layout whose shards are of the power of two of rows that comes nearest below the target. */
        public static RowLayout of(int sequenceLength, TokenType type, long targetBytes) {
            long rowBytes = (long) sequenceLength * type.bytes();
            long most = Math.min(targetBytes / rowBytes, ShardLayout.MAX_TOKENS / sequenceLength);
            return new RowLayout(sequenceLength, type, Long.highestOneBit(Math.max(1, most)));
        }
    }

    /** Where a shard lies, relative to the root. */
    String path(String split, int shard) {
        return String.format(Locale.ROOT, "%s/%s/tokens-%06d.arrow", directory, split, shard);
    }

    /**
     * Writes all shards that are not there yet.
     *
     * @return entries of all by split and number
     */
    public List<ShardEntry> write(Dataset<PackedRow> rows) {
        ShardPlan plan = plan(rows);
        if (plan.shards() == 0) {
            return List.of();
        }
        Dataset<Row> placed = placed(rows, plan);
        Map<String, Map<Integer, Long>> ends =
                longs(placed.groupBy("split", "shard").agg(sum(size(col("ends")))));
        ShardTask task = new ShardTask(this, plan, ends);
        TaskKeys keys = keys(plan.shards());
        UDF2<String, Integer, Integer> key = (split, shard) -> keys.of(plan.number(split, shard));
        MapPartitionsFunction<PlacedRow, ShardEntry> write = task::write;
        Map<String, ShardEntry> there =
                finished.find(Storages.open(root, settings), root, Storages.resolve(root, directory));
        List<ShardEntry> entries = new ArrayList<>(there.values());
        if (entries.size() < plan.shards()) {
            entries.addAll(missing(placed, there)
                    .repartition(
                            keys.partitions(), udf(key, DataTypes.IntegerType).apply(col("split"), col("shard")))
                    .select("split", "shard", "row", "tokens", "ends", "first", "valid", "source")
                    .sortWithinPartitions("split", "shard", "row")
                    .as(RecordEncoder.of(PlacedRow.class))
                    .mapPartitions(write, RecordEncoder.of(ShardEntry.class))
                    .collectAsList());
        }
        entries.sort(Comparator.comparing(ShardEntry::split).thenComparingInt(ShardEntry::index));
        return List.copyOf(entries);
    }

    /** The rows of shards that are not there yet. */
    private Dataset<Row> missing(Dataset<Row> placed, Map<String, ShardEntry> there) {
        if (there.isEmpty()) {
            return placed;
        }
        Set<String> paths = new HashSet<>(there.keySet());
        UDF2<String, Integer, Boolean> isMissing = (split, shard) -> !paths.contains(path(split, shard));
        return placed.filter(udf(isMissing, DataTypes.BooleanType).apply(col("split"), col("shard")));
    }

    /** Keys for so many shards, by the hash that Spark partitions by. */
    static TaskKeys keys(int shards) {
        return new TaskKeys(Math.min(shards, MAX_PARTITIONS), key -> Murmur3_x86_32.hashInt(key, HASH_SEED));
    }

    /** The rows' places: columns of the packed rows, and {@code place} (within the split), {@code shard}, {@code row}. */
    public Dataset<Row> placed(Dataset<PackedRow> rows) {
        return placed(rows, plan(rows));
    }

    private Dataset<Row> placed(Dataset<PackedRow> rows, ShardPlan plan) {
        UDF3<String, Integer, Integer, Long> place = plan::place;
        Column perShard = lit(layout.rowsPerShard());
        return sequences(rows)
                .withColumnRenamed("place", "packed")
                .withColumn("place", udf(place, DataTypes.LongType).apply(col("split"), col("group"), col("packed")))
                .withColumn(
                        "shard",
                        col("place")
                                .minus(pmod(col("place"), perShard))
                                .divide(perShard)
                                .cast("int"))
                .withColumn("row", pmod(col("place"), perShard));
    }

    private ShardPlan plan(Dataset<PackedRow> rows) {
        Map<String, Map<Integer, Long>> counts =
                longs(sequences(rows).groupBy("split", "group").agg(count(lit(1))));
        int groups = 1
                + counts.values().stream()
                        .flatMap(split -> split.keySet().stream())
                        .max(Integer::compare)
                        .orElse(-1);
        return ShardPlan.of(counts, groups, layout.rowsPerShard(), seed);
    }

    private static Dataset<Row> sequences(Dataset<PackedRow> rows) {
        return rows.toDF().filter(col("dropped").isNull());
    }

    private static Map<String, Map<Integer, Long>> longs(Dataset<Row> counted) {
        Map<String, Map<Integer, Long>> map = new HashMap<>();
        for (Row row : counted.collectAsList()) {
            map.computeIfAbsent(row.getString(0), split -> new HashMap<>()).put(row.getInt(1), row.getLong(2));
        }
        return map;
    }
}
