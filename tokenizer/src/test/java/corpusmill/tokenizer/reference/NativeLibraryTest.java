package corpusmill.tokenizer.reference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Utils;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.Samples;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.Tokenizers;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

    @Test
    void djlIsOfflineAndOptedOutOfTracking() {
        NativeLibrary.get();
        assertThat(Utils.isOfflineMode()).isTrue();
        assertThat(Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(Utils.getEnvOrSystemProperty("RUST_FLAVOR")).isEqualTo("cpu");
    }

    @Test
    void aFreshJvmSetsUpBeforeDjlConnectsNowhereAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + home,
                        "-Djava.io.tmpdir=" + temporary,
                        "-Xlog:class+load:file=" + folder.resolve("classes"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FreshJvm.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(log);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("ids [5, 6]", "settings [true, true, cpu]").doesNotContain("CONNECT");
        assertThat(files(home)).as("nothing below the home folder").isEmpty();
        assertThat(files(temporary)).as("no unpacked library left").isEmpty();
        List<String> loaded = Files.readAllLines(folder.resolve("classes"));
        assertThat(loaded)
                .anyMatch(line -> line.contains("ai.djl.huggingface.tokenizers.jni.LibUtils"))
                .noneMatch(line -> line.contains("ai.djl.util.Ec2Utils"))
                .noneMatch(line -> line.contains("ai.djl.huggingface.tokenizers.HuggingFaceTokenizer"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().contains("hsperfdata"))
                    .toList();
        }
    }

    /** Runs in a JVM of its own and reports every attempt to open a connection by URL. */
    static final class FreshJvm {
        private FreshJvm() {}

        public static void main(String[] arguments) {
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    System.out.println("CONNECT " + uri);
                    throw new IllegalStateException("no connection is allowed");
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
            });
            try (Tokenizer tokenizer = Tokenizers.open(Samples.tiny(), EngineChoice.REFERENCE, SpecialTokens.CONTROL)) {
                System.out.println("ids " + Arrays.toString(Samples.encode(tokenizer.encoder(), "ab ab")));
            }
            System.out.println("settings "
                    + Stream.of("OPT_OUT_TRACKING", "ai.djl.offline", "RUST_FLAVOR")
                            .map(System::getProperty)
                            .toList());
        }
    }
}
