package corpusmill.formats.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the keys of a manifest in the order of the specification. */
final class ManifestJsonWriter {

    private final JsonGenerator json;

    ManifestJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Manifest manifest) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", manifest.format());
        json.writeStringField("fingerprint", manifest.fingerprint());
        json.writeStringField("root_hash", manifest.rootHash());
        json.writeStringField("commit_id", manifest.commitId());
        json.writeStringField("created_by", manifest.createdBy());
        json.writeStringField("token_dtype", manifest.tokenType().dtype());
        json.writeNumberField("sequence_length", manifest.sequenceLength());
        json.writeNumberField("pad_id", manifest.padId());
        tokenizer(manifest.tokenizer());
        json.writeObjectFieldStart("packing");
        json.writeStringField("mode", manifest.packing().mode());
        json.writeNumberField("seed", manifest.packing().seed());
        json.writeEndObject();
        json.writeObjectFieldStart("shuffle");
        json.writeStringField("algorithm", manifest.shuffle().algorithm());
        json.writeNumberField("seed", manifest.shuffle().seed());
        json.writeEndObject();
        splits(manifest.splits());
        sources(manifest);
        ledger(manifest.ledger());
        json.writeObjectFieldStart("inputs");
        json.writeNumberField("files", manifest.inputs().files());
        json.writeNumberField("bytes", manifest.inputs().bytes());
        json.writeEndObject();
        field("meta", manifest.meta());
        field("checksums", manifest.checksums());
        field("configuration", manifest.configuration());
        json.writeEndObject();
    }

    private void tokenizer(TokenizerEntry tokenizer) throws IOException {
        json.writeObjectFieldStart("tokenizer");
        json.writeStringField("name", tokenizer.name());
        json.writeStringField("fingerprint", tokenizer.fingerprint());
        json.writeStringField("engine", tokenizer.engine());
        if (tokenizer.whyNotFast() != null) {
            json.writeStringField("why_not_fast", tokenizer.whyNotFast());
        }
        json.writeNumberField("vocabulary_size", tokenizer.vocabularySize());
        json.writeStringField("special_tokens", tokenizer.specialTokens());
        field("append", tokenizer.append());
        json.writeEndObject();
    }

    private void splits(Map<String, SplitEntry> splits) throws IOException {
        json.writeObjectFieldStart("splits");
        for (Map.Entry<String, SplitEntry> entry : splits.entrySet()) {
            SplitEntry split = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeNumberField("rows", split.rows());
            json.writeNumberField("tokens", split.tokens());
            json.writeNumberField("pad_tokens", split.padTokens());
            json.writeNumberField("documents", split.documents());
            json.writeNumberField("shards", split.shards());
            json.writeNumberField("rows_per_shard", split.rowsPerShard());
            json.writeNumberField("last_shard_rows", split.lastShardRows());
            json.writeNumberField("row_bytes", split.rowBytes());
            json.writeNumberField("token_offset", split.tokenOffset());
            json.writeStringField("path_template", split.pathTemplate());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void sources(Manifest manifest) throws IOException {
        json.writeArrayFieldStart("sources");
        for (SourceEntry source : manifest.sources()) {
            json.writeStartObject();
            json.writeNumberField("id", source.id());
            json.writeStringField("name", source.name());
            json.writeNumberField("documents", source.documents());
            json.writeNumberField("tokens", source.tokens());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void ledger(Map<String, LedgerEntry> ledger) throws IOException {
        json.writeObjectFieldStart("ledger");
        for (Map.Entry<String, LedgerEntry> stage : ledger.entrySet()) {
            json.writeObjectFieldStart(stage.getKey());
            json.writeNumberField("in", stage.getValue().in());
            json.writeNumberField("out", stage.getValue().out());
            field("dropped", stage.getValue().dropped());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void field(String key, Object value) throws IOException {
        json.writeFieldName(key);
        value(value);
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                value(item);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(entry.getValue());
            }
            json.writeEndObject();
        } else {
            throw new IllegalArgumentException("a manifest holds strings, whole numbers, doubles, booleans, lists and"
                    + " maps but was given a " + value.getClass().getName());
        }
    }
}
