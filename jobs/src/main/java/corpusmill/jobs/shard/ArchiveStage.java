package corpusmill.jobs.shard;

import corpusmill.formats.archive.ArchiveWriter;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.ShardReader;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.ArchiveEntry;
import corpusmill.jobs.flow.MappedIterator;
import corpusmill.jobs.flow.RecordEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.SparkSession;

/**
 * Shards → the same rows as Parquet, a file a shard. A task reads one shard back, a chunk at a time, so the archive holds
 * what the shards hold, and an attempt that is repeated writes the same bytes to the same name.
 *
 * @param root of the dataset
 * @param directory of the splits, relative to the root
 * @param settings Hadoop settings by their own names
 */
public record ArchiveStage(URI root, String directory, Map<String, String> settings) implements Serializable {

    /**
     * Writes the archive.
     *
     * @param shards of the dataset
     * @return a file for each shard, in their order
     */
    public List<ArchiveEntry> write(SparkSession spark, List<ShardEntry> shards) {
        if (shards.isEmpty()) {
            return List.of();
        }
        List<Source> sources = shards.stream()
                .map(shard -> new Source(shard.path(), shard.split(), shard.index()))
                .toList();
        int partitions = Math.min(shards.size(), WriteShardsStage.MAX_PARTITIONS);
        MapPartitionsFunction<Long, ArchiveEntry> archive =
                places -> new MappedIterator<>(places, place -> write(sources.get(place.intValue())));
        return spark.range(0, shards.size(), 1, partitions)
                .mapPartitions(archive, RecordEncoder.of(ArchiveEntry.class))
                .collectAsList();
    }

    private record Source(String path, String split, int index) implements Serializable {}

    private ArchiveEntry write(Source source) {
        Storage storage = Storages.open(root, settings);
        ShardReader shard = ShardReader.open(storage, Storages.resolve(root, source.path));
        String path = String.format(Locale.ROOT, "%s/archive/%s-%06d.parquet", directory, source.split, source.index);
        URI uri = Storages.resolve(root, path);
        String sha256 = Storages.writeHashed(storage, uri, out -> copy(shard, out));
        long bytes = storage.stat(uri)
                .orElseThrow(() -> new IllegalStateException(uri + " was written and is not there"))
                .bytes();
        return new ArchiveEntry(path, source.split, shard.layout().rows(), bytes, sha256);
    }

    private static void copy(ShardReader shard, OutputStream out) throws IOException {
        ShardLayout layout = shard.layout();
        try (ArchiveWriter writer = new ArchiveWriter(out, layout.sequenceLength(), layout.type(), true)) {
            shard.forEach(0, layout.rows(), (row, sequence) -> writer.write(sequence));
        }
    }
}
