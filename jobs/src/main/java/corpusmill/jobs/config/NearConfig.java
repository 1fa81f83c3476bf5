package corpusmill.jobs.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

        private static final int MAX_SIZE = 100;
        private static final Pattern SIZED = Pattern.compile("(words|characters):([1-9]\\d{0,2})");

        /** What may be written. */
        public static final String FORMS = "auto, words:N or characters:N with N from 1 to " + MAX_SIZE;

        /** Reads one of the {@link #FORMS}; empty if it is none. */
        public static Optional<Shingle> parse(String written) {
            if (written.equals("auto")) {
                return Optional.of(DEFAULT.shingle());
            }
            Matcher matcher = SIZED.matcher(written);
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_SIZE) {
                return Optional.empty();
            }
            Unit unit = Unit.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            return Optional.of(new Shingle(unit, Integer.parseInt(matcher.group(2))));
        }

        /** {@code auto}, {@code words:5}, {@code characters:5}. */
        @Override
        public String toString() {
            return unit == Unit.AUTO ? "auto" : unit.name().toLowerCase(Locale.ROOT) + ":" + size;
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
