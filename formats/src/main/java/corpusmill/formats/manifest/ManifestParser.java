package corpusmill.formats.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.formats.DamagedDatasetException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a manifest into JSON text and back. */
public final class ManifestParser {

    /** Bytes a manifest must stay below. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final Pattern FORMAT = Pattern.compile("corpusmill/([1-9][0-9]{0,5})(\\.[0-9.]+)?");

    // The writer of doubles that is the same on every JDK, and no second value of a key.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper MAPPER =
            new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ManifestParser() {}

    /** The JSON text: keys in the order of the specification, two blanks of indentation, a line end at the end. */
    public static String toJson(Manifest manifest) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new ManifestLayout());
            new ManifestJsonWriter(json).write(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
        return text.append('\n').toString();
    }

    /**
     * Reads a manifest.
     *
     * @param json UTF-8
     * @param where what messages call it
     * @throws DamagedDatasetException if it is no manifest, or one of another major format
     */
    public static Manifest parse(byte[] json, String where) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (!(node instanceof ObjectNode object)) {
                throw damaged(where, "it is not a JSON object", null);
            }
            requireFormat(object, where);
            return new ManifestJsonReader(object).read();
        } catch (JsonProcessingException e) {
            throw damaged(where, "it is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw damaged(where, e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(where, e.getMessage(), e);
        }
    }

    private static void requireFormat(ObjectNode object, String where) {
        String format = object.path("format").asText("");
        Matcher matcher = FORMAT.matcher(format);
        if (!matcher.matches()) {
            throw damaged(where, "its format is '" + format + "' and not " + Manifest.FORMAT, null);
        }
        if (!matcher.group(1).equals("1")) {
            throw new DamagedDatasetException("cannot read the manifest " + where + ": it is of the format " + format
                    + " and this program reads " + Manifest.FORMAT + "; use a Corpusmill of that format");
        }
    }

    private static DamagedDatasetException damaged(String where, @Nullable String what, @Nullable Exception e) {
        String message = "cannot read the manifest " + where + ": " + what + "; fetch the dataset again";
        return e == null ? new DamagedDatasetException(message) : new DamagedDatasetException(message, e);
    }
}
