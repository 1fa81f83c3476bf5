package corpusmill.jobs.dedup.device;

import java.util.List;

/**
 * The operations on columns that kernels are made of. Every column that is returned is the caller's to close, and none
 * that is given is closed.
 *
 * @param <C> a column in the memory of the device
 */
public interface Device<C> {

    /** A column of bigints: the parts one after another, copied to the device. */
    C longs(long[][] parts);

    /** A column of ints, copied to the device. */
    C ints(int[] values);

    /** Spark SQL's {@code xxhash64} over the columns, row by row, with this seed in place of 42. */
    C hash(long seed, List<C> columns);

    /**
     * The signed minimum of each run of bigints.
     *
     * @param longs at least one in each run, none of them null
     * @param offsets where each run begins, and behind the last the number of bigints
     */
    C minima(C longs, C offsets);

    /** Columns of bigints of one length as one: the first row of each, the second of each, and so on. */
    C interleave(List<C> columns);

    /** A column of lists: runs of bigints, cut as in {@link #minima}, of which any may be empty. */
    C lists(C longs, C offsets);

    /** Columns of lists one after another. */
    C concatenate(List<C> lists);

    /** Gives the memory of a column back. */
    void close(C column);
}
