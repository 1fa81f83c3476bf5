package corpusmill.jobs.prepare;

import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.table.ArchiveEntry;
import corpusmill.jobs.config.ShardsConfig.Archive;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.shard.ArchiveStage;
import corpusmill.jobs.shard.FinishedShards;
import corpusmill.jobs.shard.WriteShardsStage;
import corpusmill.jobs.shard.WriteShardsStage.RowLayout;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Packed rows to shards.
 *
 * @param stage what wrote them
 * @param rows the packed rows
 * @param shards by split and number
 * @param archive of the shards; empty when none is asked for
 */
record Writing(
        WriteShardsStage stage,
        Dataset<PackedRow> rows,
        List<ShardEntry> shards,
        List<ArchiveEntry> archive,
        double seconds,
        double cpuSeconds) {

    static Writing of(Run run, Dataset<PackedRow> rows) {
        RowLayout layout = RowLayout.of(
                run.config().packing().sequenceLength(),
                run.tokenType(),
                run.config().shards().targetSize().bytes());
        WriteShardsStage stage = new WriteShardsStage(
                run.config().output(),
                run.directory(),
                layout,
                run.config().packing().seed(),
                run.hadoop(),
                new FinishedShards(
                        run.work().directory("shards", run.fingerprints().dataset()), run.hadoop()));
        double seconds = run.clock().seconds();
        double cpuSeconds = run.clock().cpuSeconds();
        run.describe("write: rows to shards");
        List<ShardEntry> shards = stage.write(rows);
        return new Writing(
                stage,
                rows,
                shards,
                archive(run, shards),
                run.clock().seconds() - seconds,
                run.clock().cpuSeconds() - cpuSeconds);
    }

    private static List<ArchiveEntry> archive(Run run, List<ShardEntry> shards) {
        if (run.config().shards().archive() == Archive.NONE) {
            return List.of();
        }
        run.describe("write: archive");
        return new ArchiveStage(run.config().output(), run.directory(), run.hadoop()).write(run.spark(), shards);
    }

    /** The packed rows with their places. */
    Dataset<Row> placed() {
        return stage.placed(rows);
    }

    /** The account, of rows. */
    StageAccount account(long sequences) {
        long written =
                shards.stream().mapToLong(shard -> shard.summary().rows()).sum();
        return new StageAccount("write", sequences, written, new TreeMap<>(), seconds, cpuSeconds, false);
    }
}
