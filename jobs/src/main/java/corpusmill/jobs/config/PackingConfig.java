package corpusmill.jobs.config;

/**
 * How documents become rows.
 *
 * @param sequenceLength tokens per row, at least 2
 * @param mode how documents share rows
 * @param seed keys the shuffle of the rows
 */
public record PackingConfig(int sequenceLength, Mode mode, long seed) implements java.io.Serializable {

    public static final PackingConfig DEFAULT = new PackingConfig(4096, Mode.BEST_FIT, 1);

    /** How documents share rows. */
    public enum Mode {
        /** Best-fit decreasing: only documents longer than a row are cut. */
        BEST_FIT,
        /** One stream in the order of the ids, cut at every row. */
        CONCATENATE,
        /** One document a row, padded; longer ones are cut. */
        DOCUMENT
    }
}
