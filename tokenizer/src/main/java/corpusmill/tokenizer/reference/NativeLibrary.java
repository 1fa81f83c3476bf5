package corpusmill.tokenizer.reference;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import corpusmill.tokenizer.TokenizerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads DJL's native library: once in a JVM, from the jar, without network and without telemetry.
 *
 * <p>The system properties of {@link #SETTINGS} are set before the first DJL class is used; environment variables of
 * the same names win over them inside DJL, so {@code ai.djl.offline} closes the download whatever the environment says.
 * The library is unpacked into a folder of this JVM's own, readable by its user alone, and the folder is deleted once
 * the library is mapped: nothing is shared between executors of a machine, and nothing is left behind.
 */
final class NativeLibrary {
    /** No call home, no download, no look for a CUDA build. */
    static final Map<String, String> SETTINGS =
            Map.of("OPT_OUT_TRACKING", "true", "ai.djl.offline", "true", "RUST_FLAVOR", "cpu");

    private static final String CACHE = "ENGINE_CACHE_DIR";

    private NativeLibrary() {}

    /**
     * The native methods, loaded.
     *
     * @throws TokenizerException if this machine cannot run the library
     */
    static TokenizersLibrary get() {
        return Loaded.LIBRARY;
    }

    private static final class Loaded {
        static final TokenizersLibrary LIBRARY = load();
    }

    private static TokenizersLibrary load() {
        SETTINGS.forEach(System::setProperty);
        String earlier = System.getProperty(CACHE);
        Path folder = null;
        try {
            folder = Files.createTempDirectory("corpusmill-tokenizer-");
            System.setProperty(CACHE, folder.toString());
            LibUtils.checkStatus();
            return TokenizersLibrary.LIB;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new TokenizerException(
                    "The reference engine cannot load its native library on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e
                            + ". It needs Linux (x86-64 or Arm64, GLIBC 2.34 or later), macOS on Arm64 or Windows on"
                            + " x86-64, and a writable java.io.tmpdir that allows execution.",
                    e);
        } finally {
            if (earlier == null) {
                System.clearProperty(CACHE);
            } else {
                System.setProperty(CACHE, earlier);
            }
            delete(folder);
        }
    }

    /** Where the system does not let a mapped library be deleted, it stays in the folder for temporary files. */
    private static void delete(@org.jspecify.annotations.Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
