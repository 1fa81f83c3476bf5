package corpusmill.jobs.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The JSON Schema of the job file, made from the table of keys. Stateless. */
public final class ConfigSchema {

    private ConfigSchema() {}

    /** The schema, draft 2020-12, as maps, lists, strings, numbers and booleans in a fixed order. */
    public static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Corpusmill job file");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(ConfigKeys.INPUT, input());
        Map<String, Object> job = group(ConfigKeys.OF_JOB);
        properties.putAll(properties(job));
        properties.put(ConfigKeys.SPARK, spark());
        schema.putAll(job);
        schema.put("properties", properties);
        schema.put("required", List.of(ConfigKeys.INPUT, ConfigKeys.OUTPUT.path()));
        return schema;
    }

    private static Map<String, Object> input() {
        Map<String, Object> entry = group(ConfigKeys.OF_INPUT);
        entry.put("required", List.of(ConfigKeys.PATH.path()));
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("type", "array");
        input.put("minItems", 1);
        input.put("description", "Where the corpus lies, in the order that numbers its files.");
        input.put("items", entry);
        return input;
    }

    private static Map<String, Object> spark() {
        Map<String, Object> spark = new LinkedHashMap<>();
        spark.put("type", "object");
        spark.put("default", Map.of());
        spark.put("description", "Spark settings by their own names; the prefix spark. may be left out.");
        spark.put("additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
        return spark;
    }

    private static Map<String, Object> group(List<? extends ConfigKey<?, ?>> keys) {
        Map<String, Object> root = object();
        for (ConfigKey<?, ?> key : keys) {
            List<String> path = new ArrayList<>(List.of(key.path().split("\\.")));
            String name = path.remove(path.size() - 1);
            Map<String, Object> group = root;
            for (String step : path) {
                group = child(group, step);
            }
            properties(group).put(name, leaf(key));
        }
        return root;
    }

    private static <T> Map<String, Object> leaf(ConfigKey<?, T> key) {
        Map<String, Object> leaf = new LinkedHashMap<>(new TreeMap<>(key.type().schema()));
        T fallback = key.fallback();
        if (fallback != null) {
            leaf.put("default", key.type().plain().apply(fallback));
        }
        leaf.put("description", key.doc());
        return leaf;
    }

    private static Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("additionalProperties", false);
        object.put("properties", new LinkedHashMap<String, Object>());
        return object;
    }

    @SuppressWarnings("unchecked") // made by object()
    private static Map<String, Object> properties(Map<String, Object> object) {
        return (Map<String, Object>) Objects.requireNonNull(object.get("properties"));
    }

    @SuppressWarnings("unchecked") // made by object()
    private static Map<String, Object> child(Map<String, Object> object, String name) {
        return (Map<String, Object>) properties(object).computeIfAbsent(name, unused -> object());
    }
}
