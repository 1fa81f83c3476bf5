package corpusmill.formats.storage;

import corpusmill.formats.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileChecksum;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/** Every store Hadoop has a connector for. Connections are shared by all instances of equal settings. */
final class HadoopStorage implements Storage {

    private static final long serialVersionUID = 1L;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
    private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";
    /** Stores in which a file is visible while it is written, and a rename is one cheap step. */
    private static final Set<String> RENAMING = Set.of("file", "hdfs", "viewfs", "abfs", "abfss");

    private static final Map<Store, FileSystem> OPEN = new ConcurrentHashMap<>();

    private record Store(String scheme, String authority, Map<String, String> settings) {}

    private final TreeMap<String, String> settings;

    /**
     * Makes a storage.
     *
     * @param settings by Hadoop's names, over those found on the class path
     */
    HadoopStorage(Map<String, String> settings) {
        this.settings = new TreeMap<>(settings);
    }

    @Override
    public List<StoredFile> list(URI prefix) {
        List<StoredFile> files = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> found = fileSystem(prefix).listFiles(path(prefix), true);
            while (found.hasNext()) {
                files.add(storedFile(found.next(), prefix));
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw Failures.of("list", prefix, e);
        }
        files.sort(UriText.BY_NAME);
        return List.copyOf(files);
    }

    /** A file under the scheme that was asked for. */
    private static StoredFile storedFile(FileStatus status, URI asked) {
        URI found = status.getPath().toUri();
        String authority = found.getRawAuthority() == null ? "" : found.getRawAuthority();
        URI uri = URI.create(asked.getScheme() + "://" + authority + UriText.encode(found.getPath()));
        return new StoredFile(uri, status.getLen(), tag(status));
    }

    private static String tag(FileStatus status) {
        String tag = status instanceof EtagSource source ? source.getEtag() : null;
        return tag == null ? "" : tag;
    }

    @Override
    public Optional<StoredFile> stat(URI uri) {
        try {
            FileStatus status = fileSystem(uri).getFileStatus(path(uri));
            return status.isFile() ? Optional.of(new StoredFile(uri, status.getLen(), tag(status))) : Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failures.of("look at", uri, e);
        }
    }

    @Override
    public InputStream open(URI uri) {
        try {
            return open(uri, "sequential");
        } catch (IOException e) {
            throw Failures.of("read", uri, e);
        }
    }

    private FSDataInputStream open(URI uri, String policy) throws IOException {
        return FutureIO.awaitFuture(fileSystem(uri)
                .openFile(path(uri))
                .opt(OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, policy)
                .build());
    }

    @Override
    public byte[] read(URI uri, long offset, int length) {
        byte[] bytes = new byte[length];
        try (FSDataInputStream in = open(uri, "random")) {
            in.readFully(offset, bytes);
            return bytes;
        } catch (IOException e) {
            throw Failures.of("read " + length + " bytes at " + offset + " of", uri, e);
        }
    }

    @Override
    public byte[] read(StoredFile file, long offset, int length) {
        URI uri = file.uri();
        byte[] bytes = new byte[length];
        try (FSDataInputStream in = FutureIO.awaitFuture(fileSystem(uri)
                .openFile(path(uri))
                .opt(OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, "random")
                .optLong(OpenFileOptions.FS_OPTION_OPENFILE_LENGTH, file.bytes())
                .build())) {
            in.readFully(offset, bytes);
            return bytes;
        } catch (IOException e) {
            throw Failures.of("read " + length + " bytes at " + offset + " of", uri, e);
        }
    }

    @Override
    public byte[] readAll(URI uri) {
        StoredFile file = stat(uri).orElseThrow(() -> Failures.of("read", uri, new FileNotFoundException()));
        if (file.bytes() > MAX_ARRAY) {
            throw Failures.tooLarge(uri, file.bytes());
        }
        return read(uri, 0, (int) file.bytes());
    }

    @Override
    public void write(URI uri, ContentWriter content) {
        try {
            FileSystem fileSystem = fileSystem(uri);
            Path path = path(uri);
            if (RENAMING.contains(scheme(uri))) {
                Path part = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".part");
                writeDirectly(fileSystem, part, content);
                rename(fileSystem, part, path);
            } else {
                writeDirectly(fileSystem, path, content);
            }
        } catch (IOException e) {
            throw Failures.of("write", uri, e);
        }
    }

    /** On an object store the object appears when the stream is closed, so a failed stream is aborted instead. */
    private static void writeDirectly(FileSystem fileSystem, Path path, ContentWriter content) throws IOException {
        FSDataOutputStream out = fileSystem.create(path, true);
        boolean whole = false;
        try {
            content.writeTo(new OpenOutput(out));
            whole = true;
        } finally {
            if (whole) {
                out.close();
            } else if (out.hasCapability(CommonPathCapabilities.ABORTABLE_STREAM)) {
                out.abort();
            } else {
                out.close();
                fileSystem.delete(path, false);
            }
        }
    }

    private static void rename(FileSystem fileSystem, Path part, Path path) throws IOException {
        try {
            if (!fileSystem.rename(part, path)) {
                fileSystem.delete(path, false);
                if (!fileSystem.rename(part, path)) {
                    throw new IOException("the finished file could not be given its name");
                }
            }
        } finally {
            fileSystem.delete(part, false);
        }
    }

    @Override
    public boolean createIfAbsent(URI uri, byte[] content) {
        try {
            FileSystem fileSystem = fileSystem(uri);
            Path path = path(uri);
            if (!fileSystem.hasPathCapability(path, CONDITIONAL_CREATE)) {
                throw new StorageException("cannot create " + uri + " only if it is absent: the connector "
                        + fileSystem.getClass().getSimpleName() + " has no conditional create, so two writers could"
                        + " both win; use an S3 store with Hadoop 3.4.2 or later, or a local directory");
            }
            return createConditionally(fileSystem, path, content);
        } catch (IOException e) {
            throw Failures.of("create", uri, e);
        }
    }

    private static boolean createConditionally(FileSystem fileSystem, Path path, byte[] content) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(path).recursive();
        builder.must(CONDITIONAL_CREATE, true);
        try (FSDataOutputStream out = (FSDataOutputStream) builder.build()) {
            out.write(content);
        } catch (IOException e) {
            if (saysPresent(e)) {
                return false;
            }
            throw e;
        }
        return true;
    }

    /** Whether a failure is the store's word that the file was there: a 412, by whatever class the connector tells it. */
    private static boolean saysPresent(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
            if (t instanceof FileAlreadyExistsException
                    || t.getClass().getSimpleName().equals("RemoteFileChangedException")
                    || message.contains("status code: 412")
                    || message.contains("preconditionfailed")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void delete(URI uri) {
        try {
            fileSystem(uri).delete(path(uri), false);
        } catch (IOException e) {
            throw Failures.of("delete", uri, e);
        }
    }

    @Override
    public Instant modified(StoredFile file) {
        try {
            return Instant.ofEpochMilli(
                    fileSystem(file.uri()).getFileStatus(path(file.uri())).getModificationTime());
        } catch (IOException e) {
            throw Failures.of("look at", file.uri(), e);
        }
    }

    @Override
    public String checksum(StoredFile file) {
        if (!file.tag().isEmpty()) {
            return "etag:" + file.tag();
        }
        try {
            FileChecksum checksum = fileSystem(file.uri()).getFileChecksum(path(file.uri()));
            if (checksum != null) {
                return checksum.getAlgorithmName() + ":" + HexFormat.of().formatHex(checksum.getBytes());
            }
            try (InputStream in = open(file.uri())) {
                return LocalStorage.crc32c(in);
            }
        } catch (IOException e) {
            throw Failures.of("read", file.uri(), e);
        }
    }

    private FileSystem fileSystem(URI uri) throws IOException {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        Store store = new Store(scheme(uri), authority, settings);
        FileSystem open = OPEN.get(store);
        if (open == null) {
            FileSystem made =
                    FileSystem.newInstance(URI.create(store.scheme() + "://" + authority + "/"), configuration());
            FileSystem earlier = OPEN.putIfAbsent(store, made);
            open = earlier == null ? made : earlier;
        }
        return open;
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        settings.forEach(configuration::set);
        return configuration;
    }

    private static Path path(URI uri) {
        return new Path(scheme(uri), uri.getRawAuthority(), uri.getPath().isEmpty() ? "/" : uri.getPath());
    }

    private static String scheme(URI uri) {
        return uri.getScheme().equals("s3") ? "s3a" : uri.getScheme();
    }
}
