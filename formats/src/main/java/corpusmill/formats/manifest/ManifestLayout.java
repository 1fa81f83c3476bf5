package corpusmill.formats.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;

/** Line breaks and blanks of a manifest; our own, so that no version of Jackson changes a byte. Arrays are one line. */
final class ManifestLayout implements PrettyPrinter {

    private int depth;
    private int arrays;

    private void line(JsonGenerator json) throws IOException {
        json.writeRaw('\n');
        for (int level = 0; level < depth; level++) {
            json.writeRaw("  ");
        }
    }

    @Override
    public void writeRootValueSeparator(JsonGenerator json) {}

    @Override
    public void writeStartObject(JsonGenerator json) throws IOException {
        json.writeRaw('{');
        depth++;
    }

    @Override
    public void beforeObjectEntries(JsonGenerator json) throws IOException {
        separate(json, false);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
        json.writeRaw(',');
        separate(json, true);
    }

    private void separate(JsonGenerator json, boolean blank) throws IOException {
        if (arrays == 0) {
            line(json);
        } else if (blank) {
            json.writeRaw(' ');
        }
    }

    @Override
    public void writeEndObject(JsonGenerator json, int entries) throws IOException {
        depth--;
        if (entries > 0 && arrays == 0) {
            line(json);
        }
        json.writeRaw('}');
    }

    @Override
    public void writeStartArray(JsonGenerator json) throws IOException {
        json.writeRaw('[');
        arrays++;
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) {}

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(", ");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
        arrays--;
        json.writeRaw(']');
    }
}
