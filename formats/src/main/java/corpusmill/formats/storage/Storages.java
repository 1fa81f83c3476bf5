package corpusmill.formats.storage;

import java.net.URI;
import java.util.Map;

/** Finds the store of a URI, and makes URIs. */
public final class Storages {

    private Storages() {}

    /** The store that holds a URI, with the settings found on the class path. */
    public static Storage open(URI uri) {
        return open(uri, Map.of());
    }

    /**
     * The store that holds a URI: local files for {@code file:} and for no scheme, Hadoop's connector for every other.
     *
     * @param uri any URI in the store; {@code s3} is read as {@code s3a}
     * @param hadoopSettings settings by Hadoop's names, over those found on the class path
     */
    public static Storage open(URI uri, Map<String, String> hadoopSettings) {
        throw new UnsupportedOperationException("storage " + uri + hadoopSettings);
    }

    /**
     * The URI of what a person wrote: a URI with a scheme, whose path is taken letter by letter ({@code %} is a percent
     * sign), or a local path, relative to the working directory.
     */
    public static URI uri(String written) {
        throw new UnsupportedOperationException(written);
    }

    /**
     * The URI of a path below a root.
     *
     * @param root a directory, with or without a slash at its end
     * @param path relative, of plain letters ({@code %} is a percent sign), separated by slashes
     */
    public static URI resolve(URI root, String path) {
        throw new UnsupportedOperationException(path + root);
    }

    /**
     * Writes a file and gives the SHA-256 of its content.
     *
     * @return 64 hex digits
     */
    public static String writeHashed(Storage storage, URI uri, ContentWriter content) {
        throw new UnsupportedOperationException(uri + "" + storage + content);
    }
}
