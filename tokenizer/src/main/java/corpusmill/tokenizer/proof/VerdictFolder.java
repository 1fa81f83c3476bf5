package corpusmill.tokenizer.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts of earlier proofs on this machine: in the folder that the system property {@code corpusmill.proofs} names
 * (empty: nowhere), else in {@code corpusmill/proofs} of {@code XDG_CACHE_HOME} or {@code ~/.cache}. A file that is
 * missing, damaged or not writable only means that the proof runs again.
 */
final class VerdictFolder {
    private VerdictFolder() {}

    private static @Nullable Path folder() {
        String named = System.getProperty("corpusmill.proofs");
        if (named != null) {
            return named.isEmpty() ? null : Path.of(named);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path caches =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return caches.resolve("corpusmill").resolve("proofs");
    }

    static boolean holds(String name, String digest) {
        try {
            Path folder = folder();
            return folder != null
                    && Files.readString(folder.resolve(name), StandardCharsets.US_ASCII)
                            .equals(digest);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    static void keep(String name, String digest) {
        try {
            Path folder = folder();
            if (folder == null) {
                return;
            }
            Path part = Files.createTempFile(Files.createDirectories(folder), name, ".part");
            Files.writeString(part, digest, StandardCharsets.US_ASCII);
            Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            return;
        }
    }
}
