package corpusmill.formats.card;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.shard.ShardEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files beside the shards of a split with which other loaders read them where they lie. */
public final class SideFiles {

    private static final JsonFactory FACTORY = new JsonFactory();

    private SideFiles() {}

    /**
     * The side files of every split that has shards.
     *
     * @param manifest its checksums and its root hash are not looked at
     * @param shards by split and number
     * @return path relative to the root to content
     */
    public static Map<String, String> of(Manifest manifest, List<ShardEntry> shards) {
        Map<String, String> files = new TreeMap<>(HuggingFaceFiles.of(manifest));
        files.putAll(LitDataIndex.of(manifest, shards));
        return Collections.unmodifiableMap(files);
    }

    /** The directory of a path, with the slash at its end. */
    static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The last part of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Writes the fields of an object. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object as a line of text. */
    static String json(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
        return text.append('\n').toString();
    }
}
