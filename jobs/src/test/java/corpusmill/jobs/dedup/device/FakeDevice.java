package corpusmill.jobs.dedup.device;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.jspecify.annotations.Nullable;

/**
 * A device in memory of the host: what cudf documents of its operations, with Spark's own hash. It counts what is open,
 * refuses columns that are closed, and can be full at a chosen operation.
 */
public final class FakeDevice implements Device<FakeDevice.Column> {

    /**
     * Bigints or ints, or lists of bigints when there are offsets.
     *
     * @param values 8 bytes each
     * @param offsets where each list begins, and the end of the last
     */
    public record Column(long[] values, int @Nullable [] offsets) {

        /** The list of a row. */
        public long[] list(int row) {
            int[] begins = Objects.requireNonNull(offsets, "not a column of lists");
            return Arrays.copyOfRange(values, begins[row], begins[row + 1]);
        }

        /** Number of lists. */
        public int lists() {
            return Objects.requireNonNull(offsets, "not a column of lists").length - 1;
        }
    }

    /** What a device throws that is full. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Set<Column> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int fullAt;
    private int operations;
    private long bytes;
    private long peak;
    private long largestUpload;

    /** One that is never full. */
    public FakeDevice() {
        this(-1);
    }

    /** One that is full at an operation, counted from 0. */
    public FakeDevice(int fullAt) {
        this.fullAt = fullAt;
    }

    /** Columns not closed yet. */
    public int open() {
        return open.size();
    }

    /** Operations so far. */
    public int operations() {
        return operations;
    }

    /** Most bytes that were held at once. */
    public long peak() {
        return peak;
    }

    /** Most bigints that came from the host at once. */
    public long largestUpload() {
        return largestUpload;
    }

    @Override
    public Column longs(long[][] parts) {
        long[] all = Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
        largestUpload = Math.max(largestUpload, all.length);
        return made(all, null);
    }

    @Override
    public Column ints(int[] values) {
        return made(Arrays.stream(values).asLongStream().toArray(), null);
    }

    @Override
    public Column hash(long seed, List<Column> columns) {
        columns.forEach(this::used);
        int rows = columns.get(0).values().length;
        long[] hashes = new long[rows];
        Arrays.fill(hashes, seed);
        for (Column column : columns) {
            if (column.values().length != rows) {
                throw new IllegalArgumentException(rows + " rows beside " + column.values().length);
            }
            Arrays.setAll(hashes, row -> XXH64.hashLong(column.values()[row], hashes[row]));
        }
        return made(hashes, null);
    }

    @Override
    public Column minima(Column longs, Column offsets) {
        int[] begins = runs(longs, offsets);
        return made(
                IntStream.range(0, begins.length - 1)
                        .mapToLong(run -> Arrays.stream(longs.values(), begins[run], begins[run + 1])
                                .min()
                                .orElseThrow()) // a null, with cudf
                        .toArray(),
                null);
    }

    @Override
    public Column interleave(List<Column> columns) {
        columns.forEach(this::used);
        int rows = columns.get(0).values().length;
        return made(
                IntStream.range(0, rows)
                        .boxed()
                        .flatMapToLong(
                                row -> columns.stream().flatMapToLong(column -> LongStream.of(column.values()[row])))
                        .toArray(),
                null);
    }

    @Override
    public Column lists(Column longs, Column offsets) {
        return made(longs.values().clone(), runs(longs, offsets));
    }

    @Override
    public Column concatenate(List<Column> lists) {
        lists.forEach(this::used);
        long[] values = lists.stream()
                .flatMapToLong(list -> Arrays.stream(list.values()))
                .toArray();
        int[] offsets = new int[1 + lists.stream().mapToInt(Column::lists).sum()];
        int at = 0;
        for (Column list : lists) {
            for (int row = 0; row < list.lists(); row++, at++) {
                offsets[at + 1] = offsets[at] + list.list(row).length;
            }
        }
        return made(values, offsets);
    }

    @Override
    public void close(Column column) {
        used(column);
        open.remove(column);
        bytes -= size(column);
    }

    private int[] runs(Column longs, Column offsets) {
        used(longs);
        used(offsets);
        int[] begins =
                Arrays.stream(offsets.values()).mapToInt(Math::toIntExact).toArray();
        for (int i = 1; i < begins.length; i++) {
            if (begins[i] < begins[i - 1]) {
                throw new IllegalArgumentException("offset " + begins[i] + " after " + begins[i - 1]);
            }
        }
        if (begins[0] != 0 || begins[begins.length - 1] != longs.values().length) {
            throw new IllegalArgumentException("offsets do not cover " + longs.values().length + " rows");
        }
        return begins;
    }

    private Column made(long[] values, int @Nullable [] offsets) {
        if (operations++ == fullAt) {
            throw new Full();
        }
        Column column = new Column(values, offsets);
        open.add(column);
        bytes += size(column);
        peak = Math.max(peak, bytes);
        return column;
    }

    private void used(Column column) {
        if (!open.contains(column)) {
            throw new IllegalStateException("a column that is closed");
        }
    }

    private static long size(Column column) {
        return 8L * column.values().length + (column.offsets() == null ? 0 : 4L * column.offsets().length);
    }
}
