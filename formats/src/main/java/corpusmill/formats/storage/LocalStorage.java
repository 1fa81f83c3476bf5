package corpusmill.formats.storage;

import corpusmill.formats.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Files of this machine. Names are taken as bytes, whatever the locale. A file in the making is called
 * {@code .NAME.RANDOM.part} and lies beside its place.
 */
final class LocalStorage implements Storage {

    private static final long serialVersionUID = 1L;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    @Override
    public List<StoredFile> list(URI prefix) {
        List<StoredFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    path(prefix), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Collector(files));
        } catch (NoSuchFileException e) {
            if (files.isEmpty() && !Files.isSymbolicLink(Path.of(e.getFile()))) {
                return List.of();
            }
            throw Failures.of("list", prefix, e);
        } catch (IOException e) {
            throw Failures.of("list", prefix, e);
        }
        files.sort(UriText.BY_NAME);
        return List.copyOf(files);
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<StoredFile> files;

        Collector(List<StoredFile> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                throw new NoSuchFileException(file.toString(), null, "the symbolic link leads nowhere");
            }
            if (attributes.isRegularFile()) {
                files.add(new StoredFile(file.toUri(), attributes.size(), ""));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public Optional<StoredFile> stat(URI uri) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(uri), BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? Optional.empty()
                    : Optional.of(new StoredFile(uri, attributes.size(), ""));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failures.of("look at", uri, e);
        }
    }

    @Override
    public InputStream open(URI uri) {
        try {
            return Files.newInputStream(path(uri));
        } catch (IOException e) {
            throw Failures.of("read", uri, e);
        }
    }

    @Override
    public byte[] read(URI uri, long offset, int length) {
        byte[] bytes = new byte[length];
        try (FileChannel channel = FileChannel.open(path(uri), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw Failures.beyondEnd(offset, length);
                }
            }
            return bytes;
        } catch (IOException e) {
            throw Failures.of("read " + length + " bytes at " + offset + " of", uri, e);
        }
    }

    @Override
    public byte[] readAll(URI uri) {
        try {
            Path path = path(uri);
            long bytes = Files.size(path);
            if (bytes > MAX_ARRAY) {
                throw Failures.tooLarge(uri, bytes);
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw Failures.of("read", uri, e);
        }
    }

    @Override
    public void write(URI uri, ContentWriter content) {
        Path path = path(uri);
        Path part = part(path);
        try {
            try {
                writePart(part, content);
                Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw Failures.of("write", uri, e);
        }
    }

    @Override
    public boolean createIfAbsent(URI uri, byte[] content) {
        Path path = path(uri);
        Path part = part(path);
        try {
            try {
                writePart(part, out -> out.write(content));
                Files.createLink(path, part);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (UnsupportedOperationException e) {
            throw new StorageException(
                    "cannot create " + uri + " only if it is absent: the file system has no hard links, so two writers"
                            + " could both win; use a directory on another file system",
                    e);
        } catch (IOException e) {
            throw Failures.of("create", uri, e);
        }
    }

    /** Writes and forces to the device, so that a file that has its name has its content. */
    private static void writePart(Path part, ContentWriter content) throws IOException {
        Path parent = part.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            try (ChannelOutput out = new ChannelOutput(channel)) {
                content.writeTo(new OpenOutput(out));
                out.flush();
            }
            channel.force(true);
        }
    }

    private static Path part(Path path) {
        return path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    @Override
    public void delete(URI uri) {
        try {
            Files.deleteIfExists(path(uri));
        } catch (IOException e) {
            throw Failures.of("delete", uri, e);
        }
    }

    @Override
    public Instant modified(StoredFile file) {
        try {
            return Files.getLastModifiedTime(path(file.uri())).toInstant();
        } catch (IOException e) {
            throw Failures.of("look at", file.uri(), e);
        }
    }

    @Override
    public String checksum(StoredFile file) {
        try (InputStream in = open(file.uri())) {
            return crc32c(in);
        } catch (IOException e) {
            throw Failures.of("read", file.uri(), e);
        }
    }

    static String crc32c(InputStream in) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            crc.update(buffer, 0, read);
        }
        return String.format("crc32c:%08x", crc.getValue());
    }

    private static Path path(URI uri) {
        try {
            return uri.getScheme() == null ? Path.of(uri.getPath()).toAbsolutePath() : Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new StorageException(
                    "cannot use " + uri + ": " + e.getMessage() + "; a local file is written file:///directory/name",
                    e);
        }
    }
}
