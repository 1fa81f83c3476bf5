package corpusmill.jobs.dedup.near;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.HostColumnVector;
import com.nvidia.spark.RapidsUDF;
import corpusmill.jobs.dedup.device.CudfDevice;
import corpusmill.jobs.dedup.device.CudfTexts;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** {@link BandKeys} that the RAPIDS Accelerator runs on columns, with the same bits. Has no state: a call may be repeated. */
final class GpuBandKeys implements UDF1<byte[], long[]>, RapidsUDF {

    private static final long serialVersionUID = 1L;

    private final BandKeys keys;

    GpuBandKeys(BandKeys keys) {
        this.keys = keys;
    }

    @Override
    public long[] call(byte @Nullable [] text) {
        return keys.call(text);
    }

    @Override
    public ColumnVector evaluateColumnar(int rows, ColumnVector... arguments) {
        try (HostColumnVector texts = arguments[0].copyToHost()) {
            return new DeviceMinHash<>(keys, new CudfDevice()).keys(new CudfTexts(texts));
        }
    }
}
