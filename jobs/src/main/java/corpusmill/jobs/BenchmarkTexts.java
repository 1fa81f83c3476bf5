package corpusmill.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import corpusmill.formats.ConfigException;
import corpusmill.formats.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the texts of a benchmark into memory, as UTF-8. */
final class BenchmarkTexts {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BenchmarkTexts() {}

    /** The file's name without its folder. */
    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /**
     * Whole documents until they hold at least {@code enough} bytes; of a text file the first {@code enough} bytes,
     * less the character that would be cut.
     */
    static List<byte[]> read(Path file, long enough) {
        String name = name(file);
        List<byte[]> documents = new ArrayList<>();
        try (InputStream in = open(file, name)) {
            if (name.matches(".*\\.(jsonl|ndjson)(\\.gz|\\.zst)?")) {
                readLines(file, in, enough, documents);
            } else {
                byte[] text = in.readNBytes((int) Math.min(enough, Integer.MAX_VALUE - 8));
                documents.add(
                        text.length < enough
                                ? text
                                : new String(text, 0, wholeCharacters(text), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException e) {
            throw new ConfigException("--text " + file + " does not exist; name a text or JSON lines file", e);
        } catch (IOException e) {
            throw new StorageException("--text " + file + " cannot be read: " + e + "; check the file", e);
        }
        if (documents.stream().allMatch(document -> document.length == 0)) {
            throw new ConfigException("--text " + file + " holds no text; name a file with some");
        }
        return documents;
    }

    private static InputStream open(Path file, String name) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(in, 1 << 16);
        }
        return name.endsWith(".zst") ? new ZstdInputStream(in).setContinuous(false) : in;
    }

    private static void readLines(Path file, InputStream in, long enough, List<byte[]> documents) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        long bytes = 0;
        long number = 0;
        for (String line = lines.readLine(); line != null && bytes < enough; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            byte[] text = text(file, number, line).getBytes(StandardCharsets.UTF_8);
            documents.add(text);
            bytes += text.length;
        }
    }

    private static String text(Path file, long number, String line) {
        try {
            JsonNode text = MAPPER.readTree(line).path("text");
            if (text.isTextual()) {
                return text.textValue();
            }
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "--text " + file + ": line " + number + " is not JSON: " + e.getOriginalMessage()
                            + "; a benchmark takes clean input only",
                    e);
        }
        throw new ConfigException("--text " + file + ": line " + number + " has no text in its field 'text'");
    }

    private static int wholeCharacters(byte[] utf8) {
        int end = utf8.length;
        while (end > 0 && (utf8[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return Math.max(0, end - 1); // less its lead byte, or one ASCII character
    }
}
