package corpusmill.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of {@code formats/vectors}. */
public final class Vectors {

    private Vectors() {}

    /** A vector file. */
    public static Path path(String name) {
        return Path.of(System.getProperty("corpusmill.home"), "formats", "vectors", name);
    }

    /** A vector file of JSON. */
    public static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(path(name)));
    }
}
