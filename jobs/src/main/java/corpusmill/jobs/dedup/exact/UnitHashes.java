package corpusmill.jobs.dedup.exact;

import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.shingle.Shingler;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/**
 * Two hashes of a text's sequence of units as a column function, {@link Shingler#sequence}. A null is an empty text.
 *
 * @param units what a text is cut into
 */
record UnitHashes(Shingle units) implements UDF1<byte[], long[]> {

    @Override
    public long[] call(byte @Nullable [] text) {
        return Shingler.of(units).sequence(text == null ? new byte[0] : text);
    }
}
