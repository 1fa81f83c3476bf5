package corpusmill.jobs.ingest;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.impl.OpenFileParameters;

/** A store over local files that gives entity tags, but for names that start with {@code untagged}. */
public final class FakeStore extends FilterFileSystem {

    private static final URI ROOT = URI.create("gs://bucket");

    public FakeStore() {
        super(new RawLocalFileSystem());
    }

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        fs.initialize(URI.create("file:///"), configuration);
        setConf(configuration);
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
        return fs.open(local(path), bufferBytes);
    }

    @Override
    public FutureDataInputStreamBuilder openFile(Path path) {
        return createDataInputStreamBuilder(this, path); // of this store, not of the one inside
    }

    @Override
    protected CompletableFuture<FSDataInputStream> openFileWithOptions(Path path, OpenFileParameters parameters)
            throws IOException {
        return CompletableFuture.completedFuture(open(path, parameters.getBufferSize()));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return tagged(fs.getFileStatus(local(path)));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus[] found = fs.listStatus(local(path));
        for (int i = 0; i < found.length; i++) {
            found[i] = tagged(found[i]);
        }
        return found;
    }

    @Override
    public org.apache.hadoop.fs.RemoteIterator<org.apache.hadoop.fs.LocatedFileStatus> listLocatedStatus(Path path)
            throws IOException {
        java.util.Iterator<FileStatus> found =
                java.util.List.of(listStatus(path)).iterator();
        return new org.apache.hadoop.fs.RemoteIterator<>() {
            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public org.apache.hadoop.fs.LocatedFileStatus next() {
                return new org.apache.hadoop.fs.LocatedFileStatus(found.next(), null);
            }
        };
    }

    private static Path local(Path path) {
        return new Path("file", null, path.toUri().getPath());
    }

    private static FileStatus tagged(FileStatus status) {
        Path path = new Path(
                ROOT.getScheme(), ROOT.getAuthority(), status.getPath().toUri().getPath());
        FileStatus plain = new FileStatus(status.getLen(), status.isDirectory(), 1, 1, 0, path);
        return path.getName().startsWith("untagged") || status.isDirectory() ? plain : new Tagged(plain);
    }

    private static final class Tagged extends FileStatus implements EtagSource {

        private static final long serialVersionUID = 1L;

        Tagged(FileStatus status) {
            super(status.getLen(), false, 1, 1, 0, status.getPath());
        }

        @Override
        public String getEtag() {
            return "tag-" + getPath().getName();
        }
    }
}
