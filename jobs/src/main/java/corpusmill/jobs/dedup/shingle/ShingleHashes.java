package corpusmill.jobs.dedup.shingle;

import corpusmill.jobs.config.NearConfig.Shingle;
import java.util.Arrays;

/** Gathers a text's shingle hashes in the order of the text, repeats included. Eight bytes each. Not thread-safe. */
public final class ShingleHashes implements Shingler.Sink {

    private long[] hashes = new long[256];
    private int size;

    private ShingleHashes() {}

    /** The shingles of valid UTF-8. */
    public static long[] of(byte[] utf8, Shingle shingle) {
        ShingleHashes all = new ShingleHashes();
        Shingler.of(shingle).shingle(utf8, all);
        return Arrays.copyOf(all.hashes, all.size);
    }

    @Override
    public void shingle(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = hash;
    }
}
