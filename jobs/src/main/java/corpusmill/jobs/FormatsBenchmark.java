package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.archive.ArchiveWriter;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardDigest;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.ShardReader;
import corpusmill.formats.shard.ShardWriter;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes and reads rows of a dataset again and measures. One thread; of each work the CPU time of its best pass counts.
 * Holds the rows it works on in memory, and with them a shard in a temporary folder.
 */
final class FormatsBenchmark {

    /** Rows that are read by one request. */
    private static final int TOGETHER = 128;

    private final TokenType type;
    private final int length;
    private final List<PackedSequence> rows = new ArrayList<>();
    private final int passes;

    private interface Work {
        void run() throws IOException;
    }

    /**
     * Takes the first rows of a dataset.
     *
     * @param most 10^6 bytes of tokens
     * @throws ConfigException if the dataset has no rows
     */
    FormatsBenchmark(Dataset dataset, int most, int passes) {
        this.type = dataset.manifest().tokenType();
        this.length = dataset.manifest().sequenceLength();
        this.passes = passes;
        for (Map.Entry<String, SplitEntry> split : dataset.manifest().splits().entrySet()) {
            long count = Math.min(
                    split.getValue().rows(),
                    Math.max(1, most * 1_000_000L / split.getValue().rowBytes()) - rows.size());
            if (count > 0) {
                try {
                    dataset.rows(split.getKey(), 0, count, (place, row) -> rows.add(row));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        if (rows.isEmpty()) {
            throw new ConfigException("the dataset has no rows to measure with; name one that has some");
        }
    }

    /** Bytes of the tokens that each pass handles. */
    long bytes() {
        return (long) rows.size() * length * type.bytes();
    }

    /**
     * Work → 10^9 bytes of tokens a CPU second.
     *
     * @param folder where a shard is written; removed afterwards
     */
    Map<String, Double> speeds(URI folder) throws IOException {
        Storage storage = Storages.open(folder);
        URI shard = Storages.resolve(folder, "tokens.arrow");
        URI plain = Storages.resolve(folder, "tokens.raw");
        Map<String, Double> speeds = new LinkedHashMap<>();
        long written = nanos(() -> write(OutputStream.nullOutputStream()));
        long digested = nanos(this::digest);
        speeds.put("write_shard", speed(written));
        speeds.put("checksums_of_a_shard", speed(digested));
        speeds.put("write_shard_without_checksums", speed(written - digested));
        speeds.put("write_shard_to_file", speed(nanos(() -> storage.write(shard, this::write))));
        speeds.put("write_bytes_to_file", speed(nanos(() -> storage.write(plain, this::raw))));
        speeds.put("write_archive", speed(nanos(() -> archive(true))));
        speeds.put("write_archive_uncompressed", speed(nanos(() -> archive(false))));
        speeds.put("read_rows", speed(nanos(() -> read(ShardReader.open(storage, shard), true))));
        speeds.put("read_tokens", speed(nanos(() -> read(ShardReader.open(storage, shard), false))));
        speeds.put("read_bytes", speed(nanos(() -> bytes(storage, plain))));
        storage.delete(shard);
        storage.delete(plain);
        return speeds;
    }

    private double speed(long nanos) {
        return (double) bytes() / Math.max(1, nanos);
    }

    private long nanos(Work work) throws IOException {
        long best = Long.MAX_VALUE;
        for (int pass = 0; pass <= passes; pass++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    private void write(OutputStream out) throws IOException {
        long ends = rows.stream().mapToLong(row -> row.ends().length).sum();
        try (ShardWriter writer = new ShardWriter(out, new ShardLayout(length, type, rows.size(), ends))) {
            for (PackedSequence row : rows) {
                writer.write(row);
            }
            writer.finish();
        }
    }

    private void archive(boolean compressed) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(OutputStream.nullOutputStream(), length, type, compressed)) {
            for (PackedSequence row : rows) {
                writer.write(row);
            }
        }
    }

    private void raw(OutputStream out) throws IOException {
        for (PackedSequence row : rows) {
            out.write(row.tokens());
        }
    }

    private void digest() {
        ShardDigest digest = new ShardDigest();
        for (PackedSequence row : rows) {
            digest.update(row.tokens(), 0, row.tokens().length);
        }
        if (digest.sha256().equals(digest.crc64nvme())) {
            throw new IllegalStateException("two checksums of different lengths are equal");
        }
    }

    private void read(ShardReader reader, boolean whole) {
        for (int row = 0; row < rows.size(); row += TOGETHER) {
            int count = Math.min(TOGETHER, rows.size() - row);
            int read =
                    whole ? reader.rows(row, count).size() : reader.tokens(row, count).length / length / type.bytes();
            if (read != count) {
                throw new IllegalStateException(String.format(Locale.ROOT, "%d rows of %d were read", read, count));
            }
        }
    }

    private void bytes(Storage storage, URI plain) {
        int rowBytes = length * type.bytes();
        for (int row = 0; row < rows.size(); row += TOGETHER) {
            int count = Math.min(TOGETHER, rows.size() - row);
            if (storage.read(plain, (long) row * rowBytes, count * rowBytes).length == 0) {
                throw new IllegalStateException("nothing was read of " + plain);
            }
        }
    }
}
