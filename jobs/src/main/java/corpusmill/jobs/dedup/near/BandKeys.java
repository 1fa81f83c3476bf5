package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.NearConfig;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** A text's band keys as a column function; each task has its own. A null is a text without shingles. */
final class BandKeys implements UDF1<byte[], long[]> {

    private static final long serialVersionUID = 1L;

    private final NearConfig near;
    private final LshBands bands;
    private transient @Nullable SignatureKernel kernel;

    BandKeys(NearConfig near) {
        this.near = near;
        this.bands = LshBands.of(near.threshold(), near.recall());
    }

    NearConfig near() {
        return near;
    }

    LshBands bands() {
        return bands;
    }

    @Override
    public long[] call(byte @Nullable [] text) {
        if (kernel == null) {
            kernel = new SignatureKernel(near);
        }
        return text == null ? new long[0] : kernel.keys(text);
    }
}
