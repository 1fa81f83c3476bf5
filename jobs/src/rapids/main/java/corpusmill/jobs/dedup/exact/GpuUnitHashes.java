package corpusmill.jobs.dedup.exact;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.HostColumnVector;
import com.nvidia.spark.RapidsUDF;
import corpusmill.jobs.dedup.device.CudfDevice;
import corpusmill.jobs.dedup.device.CudfTexts;
import corpusmill.jobs.dedup.device.HostHashes;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/**
 * {@link UnitHashes} that the RAPIDS Accelerator runs on columns, with the same bits: computed on all cores of the host,
 * 16 bytes per text are copied back.
 *
 * @param hashes the form for the CPU
 */
record GpuUnitHashes(UnitHashes hashes) implements UDF1<byte[], long[]>, RapidsUDF {

    @Override
    public long[] call(byte @Nullable [] text) {
        return hashes.call(text);
    }

    @Override
    public ColumnVector evaluateColumnar(int rows, ColumnVector... arguments) {
        try (HostColumnVector texts = arguments[0].copyToHost()) {
            return HostHashes.lists(new CudfTexts(texts), hashes::call, new CudfDevice());
        }
    }
}
