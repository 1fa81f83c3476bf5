package corpusmill.jobs.config;

import corpusmill.formats.ConfigException;
import corpusmill.formats.storage.Storages;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a path in a job file points to. A path without a scheme is relative to the working directory. */
final class Locations {

    static final List<String> SCHEMES = List.of("file", "s3", "s3a", "gs", "abfs", "abfss", "oci", "hdfs");

    private static final Pattern WITH_SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(?://([^/]*))?(/.*|)");
    private static final Pattern FILE_NAME =
            Pattern.compile(".*\\.(jsonl|ndjson|json|parquet|txt|text|md|arrow|warc|wet)(\\.(gz|gzip|zst|zstd))?");
    private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*");

    private Locations() {}

    /**
     * The URI of a directory, absolute and without a slash at the end.
     *
     * @throws Refusal if its scheme is unknown or it names no place in a bucket
     */
    static URI directory(String written) throws Refusal {
        String text = strip(written);
        checkScheme(text);
        Matcher matcher = WITH_SCHEME.matcher(text);
        if (matcher.matches() && needsBucket(matcher.group(1), matcher.group(2))) {
            throw new Refusal(
                    "must name a bucket, as in " + matcher.group(1) + "://bucket/path, but was '" + written + "'");
        }
        try {
            return Storages.uri(text);
        } catch (ConfigException e) {
            throw (Refusal) new Refusal().initCause(e);
        }
    }

    private static boolean needsBucket(String scheme, @Nullable String authority) {
        return !scheme.equals("file") && (authority == null || (authority.isEmpty() && !scheme.equals("hdfs")));
    }

    /** Refuses a scheme that no reader knows. */
    static void checkScheme(String written) throws Refusal {
        Matcher matcher = WITH_SCHEME.matcher(written);
        if (matcher.matches() && !SCHEMES.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
            throw new Refusal("has the scheme '" + matcher.group(1) + "', which is not one of "
                    + String.join(", ", SCHEMES) + "; copy the data to one of these first");
        }
    }

    /** The name of the directory that an input path reads: what a source is called when nobody names it. */
    static String directoryName(String written) {
        String text = strip(WITH_SCHEME.matcher(written).matches() ? written.replaceFirst("^[^:]+:/*", "") : written);
        List<String> names = new java.util.ArrayList<>(List.of(text.split("/+")));
        int glob = 0;
        while (glob < names.size() && !GLOB.matcher(names.get(glob)).matches()) {
            glob++;
        }
        names = names.subList(0, glob);
        if (glob == text.split("/+").length
                && glob > 0
                && FILE_NAME.matcher(names.get(glob - 1)).matches()) {
            names = names.subList(0, glob - 1);
        }
        String name = names.isEmpty() ? "" : names.get(names.size() - 1);
        return name.isEmpty() || name.equals(".") || name.equals("..") ? "corpus" : name;
    }

    /** The directory that an input path reads, as far as its name says so; null for a single file or no valid URI. */
    static @Nullable URI readDirectory(String written) {
        String text = strip(written);
        if (FILE_NAME.matcher(text).matches() && !GLOB.matcher(text).matches()) {
            return null;
        }
        boolean glob = GLOB.matcher(text).matches();
        if (glob && !text.contains("**")) {
            return null;
        }
        try {
            return directory(glob ? text.replaceFirst("[^/]*[*?\\[{].*", "") : text);
        } catch (Refusal e) {
            return null;
        }
    }

    /** Whether a place is the same as a directory or lies below it. */
    static boolean within(URI place, URI directory) {
        String above = directory.toString().replaceFirst("^s3a:", "s3:");
        String below = place.toString().replaceFirst("^s3a:", "s3:");
        return below.equals(above) || below.startsWith(above.endsWith("/") ? above : above + "/");
    }

    private static String strip(String written) {
        String text = written.strip();
        while (text.length() > 1 && text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }
}
