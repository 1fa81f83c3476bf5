package corpusmill.jobs.pack;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import corpusmill.formats.order.Splits;
import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.config.PackingConfig;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Stage;
import corpusmill.jobs.flow.TokenizedDocument;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Documents' tokens → rows. Documents meet by a hash of their id, never by partition, and inside a group in the order of
 * their ids: the rows are the same however the work was cut. A group and split is held in memory whole; groups are
 * sized so that this is bounded.
 *
 * @param packing how documents share rows
 * @param groups which documents meet
 * @param validationShare share of the documents in the split {@code validation}
 * @param type how an id is stored
 * @param padId id that fills rows
 */
public record PackStage(PackingConfig packing, PackingGroups groups, double validationShare, TokenType type, int padId)
        implements Stage<TokenizedDocument, PackedRow> {

    /** Of the hash that Spark partitions by. */
    private static final int HASH_SEED = 42;

    @Override
    public Dataset<PackedRow> apply(Dataset<TokenizedDocument> documents) {
        PackStage stage = this;
        MapPartitionsFunction<GroupedDocument, PackedRow> pack = rows -> new GroupPacker(stage, rows);
        return documents
                .withColumn("group", group())
                .withColumn("split", split())
                .repartition(groups.partitions(), col("group"))
                .sortWithinPartitions("group", "split", "id")
                .as(RecordEncoder.of(GroupedDocument.class))
                .mapPartitions(pack, RecordEncoder.of(PackedRow.class));
    }

    /** How many files the rows make: one for each task that holds a group, and one for the first task in any case. */
    public int files() {
        Set<Integer> tasks = new HashSet<>(Set.of(0));
        for (int group = 0; group < groups.count(); group++) {
            tasks.add(Math.floorMod(Murmur3_x86_32.hashInt(group, HASH_SEED), groups.partitions()));
        }
        return tasks.size();
    }

    private Column group() {
        PackingGroups assigned = groups;
        UDF2<Long, Integer, Integer> of = (id, source) -> assigned.of(id, source);
        return udf(of, DataTypes.IntegerType).apply(col("id"), col("source"));
    }

    private Column split() {
        double share = validationShare;
        UDF1<Long, String> of = id -> Splits.of(id, share);
        return udf(of, DataTypes.StringType).apply(col("id"));
    }

    /** A tokenized document with its place in the packing. */
    public record GroupedDocument(
            long id,
            int source,
            byte[] tokens,
            long specials,
            @org.jspecify.annotations.Nullable String dropped,
            int group,
            String split) {}
}
