package corpusmill.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.manifest.RootHash;
import corpusmill.formats.order.FeistelPermutation;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardReader;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.flow.MappedIterator;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.shard.WriteShardsStage.RowLayout;
import corpusmill.jobs.testing.LocalSpark;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 300 million tokens through the stage that writes shards. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class ManyTokensTest {

    private static final int LENGTH = 4096;
    private static final long ROWS = 300_000_000L / LENGTH + 1;
    private static final int GROUPS = 64;
    private static final long SEED = 7;
    private static final long TARGET = 256L << 20;

    @Test
    void areTheSameBytesFromOneAndFourPartitionsAndEveryRowLiesAtItsPlace(SparkSession spark, @TempDir Path folder) {
        AtomicLong peak = new AtomicLong();
        spark.sparkContext().addSparkListener(new Peak(peak));
        List<ShardEntry> one = write(spark, folder.resolve("one"), 1);
        List<ShardEntry> four = write(spark, folder.resolve("four"), 4);
        assertThat(one).isEqualTo(four).hasSize(3);
        assertThat(RootHash.of(one)).isEqualTo(RootHash.of(four));
        assertEveryRow(folder.resolve("four").toUri(), four);
        System.out.printf("most memory of a task for sorting its rows: %,d bytes%n", peak.get());
        // A task holds the rows of one shard to put them in order, in pages of up to 64 MiB; Spark spills where it has
        // less.
        assertThat(peak.get()).isPositive().isLessThan(TARGET + TARGET / 4);
    }

    private static List<ShardEntry> write(SparkSession spark, Path root, int partitions) {
        RowLayout layout = RowLayout.of(LENGTH, TokenType.UINT16, TARGET);
        WriteShardsStage stage = new WriteShardsStage(
                root.toUri(),
                "data/train",
                layout,
                SEED,
                Map.of(),
                new FinishedShards(root.resolveSibling("notes").toUri(), Map.of()));
        MapPartitionsFunction<Long, PackedRow> packed = rows -> new MappedIterator<>(rows, ManyTokensTest::row);
        Dataset<PackedRow> rows = spark.range(0, ROWS, 1, partitions)
                .as(org.apache.spark.sql.Encoders.LONG())
                .mapPartitions(packed, RecordEncoder.of(PackedRow.class));
        long start = System.nanoTime();
        List<ShardEntry> shards = stage.write(rows);
        System.out.printf("%d partitions: %.1f s%n", partitions, (System.nanoTime() - start) / 1e9);
        return shards;
    }

    private static PackedRow row(long number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] tokens = new byte[2 * LENGTH];
        random.nextBytes(tokens);
        int[] ends = random.ints(5, 1, LENGTH).distinct().sorted().toArray();
        int[] all = java.util.Arrays.copyOf(ends, ends.length + 1);
        all[ends.length] = LENGTH;
        int valid = random.nextInt(50) == 0 ? ends[ends.length - 1] : LENGTH;
        int group = (int) (number % GROUPS);
        int place = (int) (number / GROUPS);
        return new PackedRow("train", group, place, 0, tokens, all, 0, valid, new long[] {number}, 0, null);
    }

    private static void assertEveryRow(URI root, List<ShardEntry> shards) {
        long[] starts = new long[GROUPS + 1];
        for (int group = 0; group < GROUPS; group++) {
            starts[group + 1] = starts[group] + (ROWS - group + GROUPS - 1) / GROUPS;
        }
        FeistelPermutation order = new FeistelPermutation(ROWS, SEED, 0);
        long[] numberAt = new long[Math.toIntExact(ROWS)];
        LongStream.range(0, ROWS)
                .forEach(number ->
                        numberAt[(int) order.apply(starts[(int) (number % GROUPS)] + number / GROUPS)] = number);
        Storage storage = Storages.open(root);
        int place = 0;
        for (ShardEntry shard : shards) {
            ShardReader reader = ShardReader.open(storage, Storages.resolve(root, shard.path()));
            for (long row = 0; row < shard.summary().rows(); row++) {
                PackedRow expected = row(numberAt[place++]);
                PackedSequence sequence = new PackedSequence(
                        expected.tokens(), expected.ends(), expected.first(), expected.valid(), expected.source());
                assertThat(reader.row(row).equals(sequence))
                        .as("row at %d", place - 1)
                        .isTrue();
            }
        }
        assertThat(place).isEqualTo((int) ROWS);
    }

    private static final class Peak extends SparkListener {
        private final AtomicLong most;

        Peak(AtomicLong most) {
            this.most = most;
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            most.accumulateAndGet(end.taskMetrics().peakExecutionMemory(), Math::max);
        }
    }
}
