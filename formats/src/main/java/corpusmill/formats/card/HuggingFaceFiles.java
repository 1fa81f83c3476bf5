package corpusmill.formats.card;

import com.fasterxml.jackson.core.JsonGenerator;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Side files with which {@code datasets.load_from_disk} opens a split over the shards as they lie. */
final class HuggingFaceFiles {

    private HuggingFaceFiles() {}

    /**
     * The side files of every split that has shards.
     *
     * @param manifest its checksums and its root hash are not looked at
     * @return path relative to the root to content
     */
    static Map<String, String> of(Manifest manifest) {
        Map<String, String> files = new LinkedHashMap<>();
        manifest.splits().forEach((name, split) -> {
            if (split.shards() > 0) {
                String directory = SideFiles.directory(split.path(0));
                files.put(directory + "state.json", SideFiles.json(json -> state(json, manifest, name, split)));
                files.put(directory + "dataset_info.json", SideFiles.json(json -> info(json, manifest)));
            }
        });
        return files;
    }

    private static void state(JsonGenerator json, Manifest manifest, String name, SplitEntry split) throws IOException {
        json.writeArrayFieldStart("_data_files");
        for (int shard = 0; shard < split.shards(); shard++) {
            json.writeStartObject();
            json.writeStringField("filename", SideFiles.name(split.path(shard)));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("_fingerprint", manifest.fingerprint() + "-" + name);
        json.writeNullField("_format_columns");
        json.writeObjectFieldStart("_format_kwargs");
        json.writeEndObject();
        json.writeNullField("_format_type");
        json.writeBooleanField("_output_all_columns", false);
        json.writeStringField("_split", name);
    }

    private static void info(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeObjectFieldStart("features");
        sequence(json, "input_ids", manifest.tokenType().dtype(), manifest.sequenceLength());
        sequence(json, "doc_ends", "int32", -1);
        value(json, "first_pos", "int32");
        value(json, "n_valid", "int32");
        value(json, "source", "uint16");
        json.writeEndObject();
    }

    /** The name of the type before version 4 of the library, which later ones read as well. */
    private static void sequence(JsonGenerator json, String name, String dtype, int length) throws IOException {
        json.writeObjectFieldStart(name);
        value(json, "feature", dtype);
        json.writeNumberField("length", length);
        json.writeStringField("_type", "Sequence");
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, String name, String dtype) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", dtype);
        json.writeStringField("_type", "Value");
        json.writeEndObject();
    }
}
