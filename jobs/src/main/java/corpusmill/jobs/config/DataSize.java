package corpusmill.jobs.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as {@code 512}, {@code 64KiB}, {@code 256MiB} or {@code 1GiB}.
 *
 * @param bytes at least 1
 */
public record DataSize(long bytes) implements java.io.Serializable {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final String UNITS = "KMGT";

    public DataSize {
        if (bytes < 1) {
            throw new IllegalArgumentException("a size must be at least 1 byte but was " + bytes);
        }
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if it is not a whole number with one of the units B, KiB, MiB, GiB, TiB
     */
    public static DataSize parse(String written) {
        Matcher matcher = WRITTEN.matcher(written.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a size is a whole number and B, KiB, MiB, GiB or TiB, such as 256MiB, but was '" + written + "'");
        }
        String unit = matcher.group(2);
        int power = unit == null || unit.equals("B") ? 0 : UNITS.indexOf(unit.charAt(0)) + 1;
        return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
    }

    @Override
    public String toString() {
        for (int power = UNITS.length(); power > 0; power--) {
            long unit = 1L << (10 * power);
            if (bytes % unit == 0) {
                return bytes / unit + UNITS.substring(power - 1, power).toUpperCase(Locale.ROOT) + "iB";
            }
        }
        return bytes + "B";
    }
}
