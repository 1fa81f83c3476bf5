package corpusmill.jobs.ingest;

import corpusmill.formats.ConfigException;
import corpusmill.formats.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/** Finds files of this machine, by {@code java.nio}: names may hold colons, per cent signs, newlines and any byte. */
final class LocalFiles {

    private LocalFiles() {}

    static boolean exists(URI uri) {
        return Files.exists(Path.of(uri));
    }

    /**
     * The file itself, or every file below a folder that is asked for; links are followed.
     *
     * @param uri of a file or a folder
     * @param depth folders and names below it to look at
     * @param wanted says by the relative name whether a file is asked for
     * @throws ConfigException if something asked for is no file
     */
    static List<FoundFile> below(URI uri, int depth, Predicate<String> wanted) {
        Path base = Path.of(uri);
        try {
            if (Files.isRegularFile(base)) {
                URI own = base.toUri();
                Path parent = base.toAbsolutePath().getParent();
                String name = parent == null ? own.toString() : relative(parent.toUri(), own);
                return List.of(found(name, base, Files.size(base)));
            }
            Walk walk = new Walk(base, wanted);
            Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, walk);
            return walk.files;
        } catch (IOException e) {
            throw new StorageException(
                    "listing the input folder " + uri + " failed ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); check that it may be read, then run again",
                    e);
        }
    }

    private static FoundFile found(String name, Path path, long bytes) throws IOException {
        return new FoundFile(
                name, path.toUri().toString(), path.toRealPath().toUri().toString(), bytes, null);
    }

    // By the bytes of the names: the platform's encoding of file names may not hold them.
    private static String relative(URI base, URI file) {
        String prefix = base.getRawPath().endsWith("/") ? base.getRawPath() : base.getRawPath() + "/";
        String escaped = file.getRawPath().substring(prefix.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < escaped.length(); at++) {
            char c = escaped.charAt(at);
            if (c == '%') {
                bytes.write(Integer.parseInt(escaped.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            // A name that is no UTF-8 stays escaped: two such names must not become one.
            return escaped;
        }
    }

    private static final class Walk extends SimpleFileVisitor<Path> {

        private final URI base;
        private final Predicate<String> wanted;
        private final List<FoundFile> files = new ArrayList<>();

        Walk(Path base, Predicate<String> wanted) {
            this.base = base.toUri();
            this.wanted = wanted;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            String name = relative(base, path.toUri());
            if (attributes.isDirectory() || !wanted.test(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (!attributes.isRegularFile()) {
                throw new ConfigException("input " + path.toUri() + " is "
                        + (attributes.isSymbolicLink() ? "a link that leads nowhere" : "no regular file")
                        + "; remove it, or name the files to read by a pattern");
            }
            files.add(found(name, path, attributes.size()));
            return FileVisitResult.CONTINUE;
        }
    }
}
