package corpusmill.formats.shard;

import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes 300 million tokens as shards of 256 MiB, in a process of its own whose heap the caller sets, and reads them
 * back. Arguments: a folder's URI. Prints {@code name value} a line.
 */
final class LittleMemoryWriter {

    static final int LENGTH = 4096;
    static final int ROWS_PER_SHARD = 32768;
    static final int ROWS = 300_000_000 / LENGTH + 1;
    private static final int DOCUMENTS = 6;

    private LittleMemoryWriter() {}

    public static void main(String[] arguments) {
        URI folder = URI.create(arguments[0]);
        Storage storage = Storages.open(folder);
        long start = cpu();
        for (int first = 0; first < ROWS; first += ROWS_PER_SHARD) {
            int from = first;
            storage.write(shard(folder, first), out -> write(out, from, Math.min(ROWS, from + ROWS_PER_SHARD)));
        }
        print("write_nanos", cpu() - start - generation());
        start = cpu();
        for (int first = 0; first < ROWS; first += ROWS_PER_SHARD) {
            ShardReader reader = ShardReader.open(storage, shard(folder, first));
            for (int row = first; row < Math.min(ROWS, first + ROWS_PER_SHARD); row++) {
                if (!reader.row(row - first).equals(row(row))) {
                    throw new IllegalStateException("row " + row + " was read as something else");
                }
            }
        }
        print("read_nanos", cpu() - start - generation());
        print("heap_peak", heapPeak());
    }

    private static URI shard(URI folder, int first) {
        return Storages.resolve(folder, String.format(Locale.ROOT, "tokens-%06d.arrow", first / ROWS_PER_SHARD));
    }

    private static void write(OutputStream out, int from, int to) throws IOException {
        ShardLayout layout = new ShardLayout(LENGTH, TokenType.UINT16, to - from, (long) DOCUMENTS * (to - from));
        try (ShardWriter writer = new ShardWriter(out, layout)) {
            for (int row = from; row < to; row++) {
                writer.write(row(row));
            }
            writer.finish();
        }
    }

    private static PackedSequence row(int number) {
        byte[] tokens = new byte[2 * LENGTH];
        new SplittableRandom(number).nextBytes(tokens);
        return new PackedSequence(tokens, new int[] {600, 1400, 2000, 2900, 3333, LENGTH}, 0, LENGTH, 0);
    }

    /** What making the rows costs alone. */
    private static long generation() {
        long start = cpu();
        int seen = 0;
        for (int row = 0; row < ROWS; row++) {
            seen |= row(row).tokens()[row % LENGTH];
        }
        if (seen == 0) {
            throw new IllegalStateException("random rows are all zeros");
        }
        return cpu() - start;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static void print(String name, long value) {
        System.out.println(name + " " + value);
    }
}
