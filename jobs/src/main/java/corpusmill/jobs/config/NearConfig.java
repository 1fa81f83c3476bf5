package corpusmill.jobs.config;

/**
 * Near-duplicates by exact Jaccard similarity of shingle sets.
 *
 * @param enabled whether the stage runs
 * @param shingle what a shingle is
 * @param threshold smallest similarity of a removed document with the kept one, in (0, 1]
 * @param recall share of the pairs at the threshold that must be found, in (0, 1)
 * @param seed keys the permutations
 */
public record NearConfig(boolean enabled, Shingle shingle, double threshold, double recall, long seed)
        implements java.io.Serializable {

    public static final NearConfig DEFAULT = new NearConfig(true, new Shingle(Shingle.Unit.AUTO, 5), 0.8, 0.95, 1);

    /**
     * What a shingle is made of.
     *
     * @param unit the unit
     * @param size units per shingle, at least 1
     */
    public record Shingle(Unit unit, int size) implements java.io.Serializable {

        /** {@code auto}, {@code words:5}, {@code characters:5}. */
        @Override
        public String toString() {
            return unit == Unit.AUTO ? "auto" : unit.name().toLowerCase(java.util.Locale.ROOT) + ":" + size;
        }

        /** What the text is cut into. */
        public enum Unit {
            /** Words of letters and digits, case folded; single characters in scripts without spaces. */
            AUTO,
            /** Runs between white space, as they stand. */
            WORDS,
            /** Code points, white space collapsed to one blank and stripped at both ends. */
            CHARACTERS
        }
    }
}
