package corpusmill.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the project, without what is built, downloaded or data. */
final class Repository {

    private static final Set<String> LEFT_OUT = Set.of(
            "target", "out", "corpus", "spark-warehouse", "metastore_db", "__pycache__", "node_modules", "build");
    private static final Set<String> HIDDEN_BUT_OURS = Set.of(".github", ".ci", ".mvn");
    private static final Set<String> TEXT = Set.of(
            "java",
            "md",
            "xml",
            "py",
            "yaml",
            "yml",
            "toml",
            "properties",
            "conf",
            "options",
            "ipynb",
            "txt",
            "test",
            "corpusmill",
            "run");

    private Repository() {}

    /** The root of the project. */
    static Path root() {
        String home = System.getProperty("corpusmill.home");
        return home == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(home);
    }

    /** All text files, relative to the root, sorted. */
    static List<Path> texts() {
        List<Path> texts = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = String.valueOf(directory.getFileName());
                    boolean hidden = name.startsWith(".") && !HIDDEN_BUT_OURS.contains(name);
                    boolean skipped = hidden || LEFT_OUT.contains(name) || name.endsWith(".egg-info");
                    return skipped && !directory.equals(root())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = String.valueOf(file.getFileName());
                    if (TEXT.contains(name.substring(name.lastIndexOf('.') + 1))) {
                        texts.add(root().relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        texts.sort(null);
        return texts;
    }

    /** The text files whose names end so. */
    static List<Path> texts(String ending) {
        return texts().stream().filter(file -> file.toString().endsWith(ending)).toList();
    }

    /** The content of a file. */
    static String read(Path file) {
        try {
            return Files.readString(root().resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
