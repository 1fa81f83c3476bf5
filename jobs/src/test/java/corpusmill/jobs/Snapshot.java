package corpusmill.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies below a folder, file by file. */
final class Snapshot {

    private Snapshot() {}

    /** Relative name to time of the last change and content. */
    static SortedMap<String, String> of(Path folder) {
        return read(folder, true);
    }

    /** Relative name to content of all that a dataset promises to be the same: all but the report. */
    static SortedMap<String, String> dataset(Path folder) {
        SortedMap<String, String> files = read(folder, false);
        files.remove("report.html");
        return files;
    }

    private static SortedMap<String, String> read(Path folder, boolean times) {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> found = below.filter(Files::isRegularFile).toList();
            for (Path file : found) {
                String time = times ? Files.getLastModifiedTime(file) + " " : "";
                files.put(folder.relativize(file).toString(), time + sha256(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
