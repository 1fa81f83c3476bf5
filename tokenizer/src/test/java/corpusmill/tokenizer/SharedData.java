package corpusmill.tokenizer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The definitions and the encodings made by other tools; tests that need them are skipped where they are absent. */
public final class SharedData {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int TAR_BLOCK = 512;
    private static final Map<String, TokenizerDefinition> DEFINITIONS = new ConcurrentHashMap<>();

    private SharedData() {}

    /** A line of an encodings file: a case's id and what a tool made of it. */
    public static List<JsonNode> lines(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Files.newInputStream(folder().resolve("encodings").resolve(file))),
                StandardCharsets.UTF_8))) {
            List<JsonNode> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(MAPPER.readTree(line));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the definitions for which there is an encodings file of a kind. */
    public static List<String> encoded(String kind) {
        String ending = "." + kind + ".jsonl.gz";
        try (Stream<Path> files = Files.list(folder().resolve("encodings"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .map(file -> file.substring(0, file.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A definition by the name of its folder; read once. */
    public static TokenizerDefinition definition(String name) {
        Path unpacked = unpacked();
        return DEFINITIONS.computeIfAbsent(
                name,
                folder -> TokenizerDefinition.read(unpacked.resolve(folder).resolve("tokenizer.json")));
    }

    /** A file of a definition's folder. */
    static Path file(String name, String file) {
        return unpacked().resolve(name).resolve(file);
    }

    private static Path folder() {
        Path home = Path.of(System.getProperty("corpusmill.home", ".."))
                .toAbsolutePath()
                .normalize();
        Path folder = Stream.of("../shared/data", "../../shared/data")
                .map(home::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(home);
        assumeTrue(!folder.equals(home), "no shared/data beside the project: the reference encodings are not here");
        return folder;
    }

    /** Unpacks the archive once into the build folder; a complete copy of another size is unpacked again. */
    private static synchronized Path unpacked() {
        Path archive = folder().resolve("tokenizers.tar.zst");
        try {
            Path target = Path.of(System.getProperty("corpusmill.home", ".."))
                    .toAbsolutePath()
                    .normalize()
                    .resolve("tokenizer/target/definition-files-" + Files.size(archive));
            if (!Files.isDirectory(target)) {
                Path partial = Files.createDirectories(target.resolveSibling(target.getFileName() + ".partial"));
                try (InputStream in =
                        new ZstdInputStream(new BufferedInputStream(Files.newInputStream(archive), 1 << 16))) {
                    untar(in, partial);
                }
                Files.move(partial, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the definitions, {@code top/NAME/FILE}, as {@code NAME/FILE}. */
    private static void untar(InputStream in, Path target) throws IOException {
        for (byte[] header = in.readNBytes(TAR_BLOCK); header.length == TAR_BLOCK && header[0] != 0; ) {
            String path = text(header, 0, 100);
            int size = Integer.parseInt(text(header, 124, 12).trim(), 8);
            byte[] content = in.readNBytes((size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK);
            String[] parts = path.split("/", -1);
            if (parts.length == 3 && parts[2].matches(".*\\.(json|tiktoken|txt)")) {
                Path file = target.resolve(parts[1]).resolve(parts[2]);
                Files.createDirectories(file.getParent());
                try (var out = Files.newOutputStream(file)) {
                    out.write(content, 0, size);
                }
            }
            header = in.readNBytes(TAR_BLOCK);
        }
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }
}
