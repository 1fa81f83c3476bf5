package corpusmill.tokenizer.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Verdicts of earlier proofs, in the folder that the system property {@code corpusmill.proofs} names; without it, none.
 * A file that is missing, damaged or not writable only means that the proof runs again.
 */
final class VerdictFolder {
    private VerdictFolder() {}

    static boolean holds(String name, String digest) {
        String folder = System.getProperty("corpusmill.proofs", "");
        try {
            return !folder.isEmpty()
                    && Files.readString(Path.of(folder, name), StandardCharsets.US_ASCII)
                            .equals(digest);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    static void keep(String name, String digest) {
        String folder = System.getProperty("corpusmill.proofs", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Path target = Files.createDirectories(Path.of(folder)).resolve(name);
            Path part = Files.createTempFile(target.getParent(), name, ".part");
            Files.writeString(part, digest, StandardCharsets.US_ASCII);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            return;
        }
    }
}
