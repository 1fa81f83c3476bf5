package corpusmill.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Map;

/** Writes JSON text of maps, in their order. */
final class Json {

    private Json() {}

    /** On one line. */
    static String line(Map<String, ?> object) {
        return write(new ObjectMapper().writer(), object);
    }

    /** Indented. */
    static String pretty(Map<String, ?> object) {
        return write(new ObjectMapper().writerWithDefaultPrettyPrinter(), object);
    }

    private static String write(ObjectWriter writer, Map<String, ?> object) {
        try {
            return writer.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }
}
