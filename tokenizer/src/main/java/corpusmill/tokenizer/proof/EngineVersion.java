package corpusmill.tokenizer.proof;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Tells one build of the engines from another: a verdict holds for the code that it was found with. */
final class EngineVersion {
    private EngineVersion() {}

    /** Eight hex digits over the jar or the class folder of the engines, or null if it cannot be read. */
    static @Nullable String of(Class<?> type) {
        try {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null) {
                return null;
            }
            CRC32C checksum = new CRC32C();
            try (Stream<Path> files = Files.walk(Path.of(source.getLocation().toURI()))) {
                List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
                for (Path file : sorted) {
                    checksum.update(Files.readAllBytes(file));
                }
            }
            return String.format("%08x", checksum.getValue());
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return null;
        }
    }
}
