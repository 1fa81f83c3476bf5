package corpusmill.formats.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.formats.shard.TokenType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a manifest; a missing or wrong one is an {@link IllegalArgumentException} that names it. */
final class ManifestJsonReader {

    private final Part root;

    ManifestJsonReader(ObjectNode root) {
        this.root = new Part("", root);
    }

    Manifest read() {
        return new Manifest(
                root.text("format"),
                root.text("fingerprint"),
                root.text("root_hash"),
                root.text("commit_id"),
                root.text("created_by"),
                TokenType.ofDtype(root.text("token_dtype")),
                root.int32("sequence_length"),
                root.int32("pad_id"),
                tokenizer(root.object("tokenizer")),
                new PackingEntry(
                        root.object("packing").text("mode"),
                        root.object("packing").int64("seed")),
                new ShuffleEntry(
                        root.object("shuffle").text("algorithm"),
                        root.object("shuffle").int64("seed")),
                root.object("splits").map(ManifestJsonReader::split),
                sources(),
                root.object("ledger").map(ManifestJsonReader::ledger),
                new InputsEntry(
                        root.object("inputs").int64("files"),
                        root.object("inputs").int64("bytes")),
                root.object("meta").texts(),
                root.object("checksums").texts(),
                configuration());
    }

    private static TokenizerEntry tokenizer(Part part) {
        List<Integer> append = new ArrayList<>();
        for (JsonNode id : part.array("append")) {
            append.add(part.int32("append", id));
        }
        return new TokenizerEntry(
                part.text("name"),
                part.text("fingerprint"),
                part.text("engine"),
                part.node().has("why_not_fast") ? part.text("why_not_fast") : null,
                part.int32("vocabulary_size"),
                part.text("special_tokens"),
                append);
    }

    private static SplitEntry split(Part part) {
        return new SplitEntry(
                part.int64("rows"),
                part.int64("tokens"),
                part.int64("pad_tokens"),
                part.int64("documents"),
                part.int32("shards"),
                part.int64("rows_per_shard"),
                part.int64("last_shard_rows"),
                part.int32("row_bytes"),
                part.int32("token_offset"),
                part.text("path_template"));
    }

    private static LedgerEntry ledger(Part part) {
        Part dropped = part.object("dropped");
        Map<String, Long> counts = new LinkedHashMap<>();
        dropped.node.fieldNames().forEachRemaining(reason -> counts.put(reason, dropped.int64(reason)));
        return new LedgerEntry(part.int64("in"), part.int64("out"), counts);
    }

    private List<SourceEntry> sources() {
        List<SourceEntry> sources = new ArrayList<>();
        for (JsonNode node : root.array("sources")) {
            Part part = new Part("sources.", node);
            sources.add(new SourceEntry(
                    part.int32("id"), part.text("name"), part.int64("documents"), part.int64("tokens")));
        }
        return sources;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        JsonNode node = root.object("configuration").node;
        node.fieldNames().forEachRemaining(key -> configuration.put(key, value(node.get(key))));
        return configuration;
    }

    // A JSON null is a null in the list or map that holds it, as the writer takes it.
    @SuppressWarnings("NullAway")
    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.fieldNames().forEachRemaining(key -> map.put(key, value(node.get(key))));
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(value(item)));
            return list;
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.textValue();
    }

    /** An object, and the keys that lead to it. */
    private record Part(String where, JsonNode node) {

        private JsonNode get(String key, String type, Function<JsonNode, Boolean> is) {
            JsonNode value = node.get(key);
            if (value == null || !is.apply(value)) {
                throw new IllegalArgumentException(
                        where + key + " must be " + type + " but " + (value == null ? "is not there" : "was " + value));
            }
            return value;
        }

        String text(String key) {
            return get(key, "a string", JsonNode::isTextual).textValue();
        }

        long int64(String key) {
            return get(key, "a whole number", value -> value.isIntegralNumber() && value.canConvertToLong())
                    .longValue();
        }

        int int32(String key) {
            return int32(key, get(key, "a whole number", JsonNode::isIntegralNumber));
        }

        int int32(String key, JsonNode value) {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw new IllegalArgumentException(where + key + " must be a 32-bit number but was " + value);
            }
            return value.intValue();
        }

        Part object(String key) {
            return new Part(where + key + ".", get(key, "an object", JsonNode::isObject));
        }

        JsonNode array(String key) {
            return get(key, "a list", JsonNode::isArray);
        }

        <V> Map<String, V> map(Function<Part, V> read) {
            Map<String, V> map = new LinkedHashMap<>();
            node.fieldNames().forEachRemaining(key -> map.put(key, read.apply(object(key))));
            return map;
        }

        Map<String, String> texts() {
            Map<String, String> map = new LinkedHashMap<>();
            node.fieldNames().forEachRemaining(key -> map.put(key, text(key)));
            return map;
        }
    }
}
