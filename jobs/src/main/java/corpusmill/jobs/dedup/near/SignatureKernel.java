package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.shingle.Shingler;

/** Texts to band keys, one after the other: what tasks run and benchmarks measure. Not thread-safe. */
public final class SignatureKernel {

    private final Shingler shingler;
    private final MinHasher hasher;

    /**
     * A kernel of a configuration.
     *
     * @throws corpusmill.formats.ConfigException if no number of bands reaches its recall
     */
    public SignatureKernel(NearConfig near) {
        this.shingler = Shingler.of(near.shingle());
        this.hasher = new MinHasher(LshBands.of(near.threshold(), near.recall()), near.seed());
    }

    /**
     * One key per band; none for a text without shingles.
     *
     * @param text valid UTF-8
     */
    public long[] keys(byte[] text) {
        hasher.reset();
        shingler.shingle(text, hasher);
        return hasher.keys();
    }
}
