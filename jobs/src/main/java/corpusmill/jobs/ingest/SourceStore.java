package corpusmill.jobs.ingest;

import corpusmill.formats.StorageException;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/**
 * Where input files lie. Files of this machine are opened by {@code java.nio}, whose names may hold any byte; all others
 * by Hadoop file systems, {@code s3} as {@code s3a}. Threads may share it.
 */
final class SourceStore implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Map.copyOf is serializable
    private final Map<String, String> settings;

    private transient @Nullable Configuration configuration;

    SourceStore(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * Opens a file of the file table.
     *
     * @throws StorageException if it cannot be opened, or has another size than when it was listed
     */
    SourceStream open(SourceFile file) {
        SourceStream stream = open(file.uri());
        if (stream.length() != file.bytes()) {
            long found = stream.length();
            stream.close();
            throw new StorageException("input file " + file.uri() + " has " + found + " bytes but had " + file.bytes()
                    + " when it was listed; let no one write to the input and run again");
        }
        return stream;
    }

    SourceStream open(String uri) {
        if (isLocal(uri)) {
            return SourceStream.local(uri, Path.of(URI.create(uri)));
        }
        try {
            org.apache.hadoop.fs.Path path = hadoopPath(uri);
            FileSystem files = fileSystem(path);
            FileStatus status = files.getFileStatus(path);
            // Given the status, S3's connector does not ask for it once more.
            return SourceStream.remote(
                    uri,
                    status.getLen(),
                    () -> FutureIO.awaitFuture(
                            files.openFile(path).withFileStatus(status).build()));
        } catch (IOException e) {
            throw SourceStream.failure("opening", uri, e);
        }
    }

    FileSystem fileSystem(org.apache.hadoop.fs.Path path) throws IOException {
        return path.getFileSystem(configuration());
    }

    private synchronized Configuration configuration() {
        Configuration made = configuration;
        if (made == null) {
            made = new Configuration();
            settings.forEach(made::set);
            configuration = made;
        }
        return made;
    }

    static boolean isLocal(String uri) {
        return uri.regionMatches(true, 0, "file:", 0, 5);
    }

    /** The path of a URI that is not local, with the scheme that Hadoop knows it by. */
    static org.apache.hadoop.fs.Path hadoopPath(String uri) {
        return new org.apache.hadoop.fs.Path(uri.regionMatches(true, 0, "s3:", 0, 3) ? "s3a" + uri.substring(2) : uri);
    }

    /** The URI of a path of this machine written in Unicode, whatever the encoding of the platform's file names is. */
    static URI localUri(String absolutePath) {
        StringBuilder uri = new StringBuilder("file://");
        for (byte b : absolutePath.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || "/-._~".indexOf(b) >= 0;
            uri.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return URI.create(uri.toString());
    }
}
