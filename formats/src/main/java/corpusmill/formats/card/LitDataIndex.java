package corpusmill.formats.card;

import com.fasterxml.jackson.core.JsonGenerator;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.TokenType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index with which LitData's {@code TokensLoader} streams a split: each shard is a chunk of tokens. The loader skips
 * (1 + {@code chunk_size} + 1) numbers of four bytes, which with 1022 is the 4096 bytes before the tokens of a shard.
 */
final class LitDataIndex {

    private static final int CHUNK_SIZE = ShardLayout.TOKEN_OFFSET / 4 - 2;
    private static final int DEFAULT_CHUNK_BYTES = 1 << 26;
    private static final int CODE_INT32 = 15;
    private static final int CODE_UINT16 = 20;

    private LitDataIndex() {}

    /** The index of every split: path relative to the root to content. */
    static Map<String, String> of(Manifest manifest, List<ShardEntry> shards) {
        Map<String, List<ShardEntry>> directories = new TreeMap<>();
        shards.forEach(shard -> directories
                .computeIfAbsent(SideFiles.directory(shard.path()), directory -> new ArrayList<>())
                .add(shard));
        Map<String, String> files = new TreeMap<>();
        directories.forEach((directory, chunks) ->
                files.put(directory + "index.json", SideFiles.json(json -> write(json, manifest, chunks))));
        return files;
    }

    private static void write(JsonGenerator json, Manifest manifest, List<ShardEntry> chunks) throws IOException {
        json.writeArrayFieldStart("chunks");
        for (ShardEntry chunk : chunks) {
            json.writeStartObject();
            json.writeNumberField("chunk_bytes", chunk.summary().bytes());
            json.writeNumberField("chunk_size", CHUNK_SIZE);
            json.writeNumberField("dim", chunk.summary().rows() * manifest.sequenceLength());
            json.writeStringField("filename", SideFiles.name(chunk.path()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("config");
        json.writeNumberField("chunk_bytes", DEFAULT_CHUNK_BYTES);
        json.writeNullField("chunk_size");
        json.writeNullField("compression");
        json.writeArrayFieldStart("data_format");
        json.writeString("no_header_tensor:" + (manifest.tokenType() == TokenType.UINT16 ? CODE_UINT16 : CODE_INT32));
        json.writeEndArray();
        json.writeStringField("data_spec", "[1, {\"type\": null, \"context\": null, \"children_spec\": []}]");
        json.writeNullField("encryption");
        json.writeStringField("item_loader", "TokensLoader");
        json.writeEndObject();
        json.writeStringField("updated_at", "0");
    }
}
