package corpusmill.formats.storage;

import corpusmill.formats.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the store of a URI, and makes URIs. */
public final class Storages {

    private static final Pattern WITH_SCHEME =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(?://([^/]*))?(/.*)?", Pattern.DOTALL);

    private Storages() {}

    /** The store that holds a URI, with the settings found on the class path. */
    public static Storage open(URI uri) {
        return open(uri, Map.of());
    }

    /**
     * The store that holds a URI: local files for {@code file:} and for no scheme, the AWS SDK for {@code s3:} where it
     * is on the class path and the settings ask for nothing that only Hadoop's connector does, Hadoop's connector else.
     *
     * @param uri any URI in the store; {@code s3} is read as {@code s3a}
     * @param hadoopSettings settings by Hadoop's names, over those found on the class path
     */
    public static Storage open(URI uri, Map<String, String> hadoopSettings) {
        boolean local = uri.getScheme() == null || uri.getScheme().equals("file");
        if (local) {
            return new LocalStorage();
        }
        boolean s3 = uri.getScheme().equals("s3") || uri.getScheme().equals("s3a");
        String bucket = String.valueOf(uri.getRawAuthority());
        return s3 && hasSdk() && S3Settings.of(bucket, hadoopSettings).simple()
                ? new S3Storage(hadoopSettings)
                : new HadoopStorage(hadoopSettings);
    }

    // A platform may bring its connector without the SDK's own classes.
    private static boolean hasSdk() {
        ClassLoader loader = Storages.class.getClassLoader();
        return loader.getResource("software/amazon/awssdk/services/s3/S3Client.class") != null
                && loader.getResource("software/amazon/awssdk/http/apache5/Apache5HttpClient.class") != null;
    }

    /**
     * Settings, by Hadoop's names, that have the requests of Hadoop's connector for S3 counted in {@link #requests} too:
     * those of this process, which are all where everything runs in it.
     */
    public static Map<String, String> requestCounting() {
        return hasSdk() ? Map.of("fs.s3a.audit.execution.interceptors", S3Requests.class.getName()) : Map.of();
    }

    /** Requests that this process has sent to S3 by the SDK so far: operation, such as {@code PutObject}, to number. */
    public static Map<String, Long> requests() {
        return hasSdk() ? S3Requests.counts() : Map.of();
    }

    /**
     * The URI of what a person wrote: a URI with a scheme, whose path is taken letter by letter ({@code %} is a percent
     * sign), or a local path, relative to the working directory.
     *
     * @throws ConfigException if it is neither
     */
    public static URI uri(String written) {
        try {
            Matcher matcher = WITH_SCHEME.matcher(written);
            if (!matcher.matches()) {
                return localUri(Path.of(written));
            }
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
            String path = matcher.group(3) == null ? "" : matcher.group(3);
            if (scheme.equals("file")) {
                return localUri(Path.of(path));
            }
            return URI.create(
                    scheme + "://" + (matcher.group(2) == null ? "" : matcher.group(2)) + UriText.encode(path));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "cannot use '" + written + "' as a place: " + e.getMessage()
                            + "; write a path or a URI such as s3://bucket/directory",
                    e);
        }
    }

    /** Without the slash that the JDK puts behind a directory that happens to exist. */
    private static URI localUri(Path path) {
        String uri = path.toAbsolutePath().normalize().toUri().toString();
        return URI.create(
                uri.endsWith("/") && uri.length() > "file:///".length() ? uri.substring(0, uri.length() - 1) : uri);
    }

    /**
     * The URI of a path below a root.
     *
     * @param root a directory, with or without a slash at its end
     * @param path relative, of plain letters ({@code %} is a percent sign), separated by slashes
     */
    public static URI resolve(URI root, String path) {
        String text = root.toString();
        return URI.create(text + (text.endsWith("/") ? "" : "/") + UriText.encode(path));
    }

    /**
     * Writes a file and gives the SHA-256 of its content.
     *
     * @return 64 hex digits
     */
    public static String writeHashed(Storage storage, URI uri, ContentWriter content) {
        MessageDigest digest = sha256();
        storage.write(uri, out -> content.writeTo(new Hashing(out, digest)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static final class Hashing extends DigestOutputStream {
        Hashing(OutputStream out, MessageDigest digest) {
            super(out, digest);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
