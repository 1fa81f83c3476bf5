package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.shingle.Shingler;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** A text's band keys as a column function; each task has its own. A null is a text without shingles. */
final class BandKeys implements UDF1<byte[], long[]> {

    private static final long serialVersionUID = 1L;

    private final NearConfig near;
    private final LshBands bands;
    private transient @Nullable MinHasher hasher;
    private transient @Nullable Shingler shingler;

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
        if (hasher == null || shingler == null) {
            hasher = new MinHasher(bands, near.seed());
            shingler = Shingler.of(near.shingle());
        }
        hasher.reset();
        if (text != null) {
            shingler.shingle(text, hasher);
        }
        return hasher.keys();
    }
}
