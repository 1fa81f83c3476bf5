package corpusmill.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileChecksum;
import org.apache.hadoop.fs.MD5MD5CRC32GzipFileChecksum;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.io.MD5Hash;

/** The local disk as a store {@code gs://bucket}, in which someone writes to a file once its checksum is taken. */
public final class ChangingStore extends RawLocalFileSystem {

    private static final URI ROOT = URI.create("gs://bucket/");

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return ROOT.getScheme();
    }

    @Override
    public FileChecksum getFileChecksum(Path file) throws IOException {
        try (OutputStream more = Files.newOutputStream(pathToFile(file).toPath(), StandardOpenOption.APPEND)) {
            more.write('\n');
        }
        return new MD5MD5CRC32GzipFileChecksum(0, 0, new MD5Hash(new byte[16]));
    }
}
