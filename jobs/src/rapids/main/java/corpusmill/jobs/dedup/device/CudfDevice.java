package corpusmill.jobs.dedup.device;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.HostColumnVector;
import ai.rapids.cudf.HostMemoryBuffer;
import ai.rapids.cudf.SegmentedReductionAggregation;
import ai.rapids.cudf.Table;
import com.nvidia.spark.rapids.jni.Hash;
import java.util.List;
import java.util.Optional;

/** The GPU of this thread, by the public calls of cudf and of the plugin's own kernels; on the thread's own stream. */
public final class CudfDevice implements Device<ColumnVector> {

    @Override
    public ColumnVector longs(long[][] parts) {
        try (HostColumnVector host = hostLongs(parts)) {
            return host.copyToDevice();
        }
    }

    /** The bigints of the parts in memory of the host, off the heap. */
    static HostColumnVector hostLongs(long[][] parts) {
        long count = 0;
        for (long[] part : parts) {
            count += part.length;
        }
        if (count == 0) {
            return HostColumnVector.fromLongs();
        }
        HostMemoryBuffer data = HostMemoryBuffer.allocate(count * Long.BYTES);
        try {
            long at = 0;
            for (long[] part : parts) {
                data.setLongs(at, part, 0, part.length);
                at += (long) part.length * Long.BYTES;
            }
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
        return new HostColumnVector(DType.INT64, count, Optional.of(0L), data, null);
    }

    @Override
    public ColumnVector ints(int[] values) {
        return ColumnVector.fromInts(values);
    }

    @Override
    public ColumnVector hash(long seed, List<ColumnVector> columns) {
        return Hash.xxhash64(seed, columns.toArray(ColumnView[]::new));
    }

    @Override
    public ColumnVector minima(ColumnVector longs, ColumnVector offsets) {
        return longs.segmentedReduce(offsets, SegmentedReductionAggregation.min());
    }

    @Override
    public ColumnVector interleave(List<ColumnVector> columns) {
        try (Table table = new Table(columns.toArray(ColumnVector[]::new))) {
            return table.interleaveColumns();
        }
    }

    @Override
    public ColumnVector lists(ColumnVector longs, ColumnVector offsets) {
        return longs.makeListFromOffsets(offsets.getRowCount() - 1, offsets);
    }

    @Override
    public ColumnVector concatenate(List<ColumnVector> lists) {
        return ColumnVector.concatenate(lists.toArray(ColumnView[]::new));
    }

    @Override
    public void close(ColumnVector column) {
        column.close();
    }
}
