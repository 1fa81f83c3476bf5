package corpusmill.jobs.ingest;

import corpusmill.formats.ConfigException;
import corpusmill.formats.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileChecksum;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** Finds files of object stores and of HDFS. */
final class StoredFiles {

    private StoredFiles() {}

    static boolean exists(SourceStore store, String uri) {
        try {
            Path path = SourceStore.hadoopPath(uri);
            store.fileSystem(path).getFileStatus(path);
            return true;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "input " + uri + " cannot be used as an address (" + e.getMessage()
                            + "); correct input.path, such as s3://bucket/folder",
                    e);
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw failure("looking for", uri, e);
        }
    }

    /** The file itself, or every file below a folder that is asked for by its relative name. */
    static List<FoundFile> below(SourceStore store, String uri, Predicate<String> wanted) {
        Path path = SourceStore.hadoopPath(uri);
        List<FoundFile> files = new ArrayList<>();
        try {
            FileSystem system = store.fileSystem(path);
            FileStatus status = system.getFileStatus(path);
            if (status.isFile()) {
                return List.of(found(path.getName(), status));
            }
            String base = status.getPath().toUri().getPath();
            String prefix = base.endsWith("/") ? base : base + "/";
            RemoteIterator<LocatedFileStatus> below = system.listFiles(path, true);
            while (below.hasNext()) {
                LocatedFileStatus file = below.next();
                String name = file.getPath().toUri().getPath().substring(prefix.length());
                if (wanted.test(name)) {
                    files.add(found(name, file));
                }
            }
            return files;
        } catch (FileNotFoundException e) {
            if (!files.isEmpty()) { // a folder went away while it was listed
                throw failure("listing", uri, e);
            }
            return files;
        } catch (IOException e) {
            throw failure("listing", uri, e);
        }
    }

    private static FoundFile found(String name, FileStatus status) {
        String uri = status.getPath().toString();
        return new FoundFile(name, uri, uri, status.getLen(), status);
    }

    /** The store's own checksum, which changes when the content does. */
    static String checksum(SourceStore store, FileStatus listed) {
        Path path = listed.getPath();
        try {
            String tag = tag(listed);
            if (tag == null) {
                // Some stores leave the tag out of listings.
                tag = tag(store.fileSystem(path).getFileStatus(path));
            }
            if (tag != null) {
                return "etag:" + tag;
            }
            FileChecksum checksum = store.fileSystem(path).getFileChecksum(path);
            if (checksum != null) {
                return checksum.getAlgorithmName() + ":" + HexFormat.of().formatHex(checksum.getBytes());
            }
        } catch (IOException e) {
            throw failure("asking for the checksum of", path.toString(), e);
        }
        throw new StorageException(
                "the store gives neither an ETag nor a checksum for input file " + path
                        + ", so a change of it could not be noticed; read it from a store that does, or copy it to a local disk");
    }

    private static @Nullable String tag(FileStatus status) {
        String tag = status instanceof EtagSource source ? source.getEtag() : null;
        return tag == null || tag.isEmpty() ? null : tag;
    }

    private static StorageException failure(String doing, String uri, IOException e) {
        return new StorageException(
                doing + " input " + uri + " failed (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "); check the credentials and the network, then run again",
                e);
    }
}
