package corpusmill.formats.manifest;

/**
 * The order of the rows.
 *
 * @param algorithm {@link #FEISTEL}
 * @param seed key of the permutation
 */
public record ShuffleEntry(String algorithm, long seed) {

    public static final String FEISTEL = "feistel-1";

    public ShuffleEntry {
        if (!algorithm.equals(FEISTEL)) {
            throw new IllegalArgumentException("shuffle.algorithm must be " + FEISTEL + " but was '" + algorithm + "'");
        }
    }
}
