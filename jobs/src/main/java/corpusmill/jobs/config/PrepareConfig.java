package corpusmill.jobs.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole job file, every value filled in and checked. Immutable.
 *
 * @param input where the corpus lies, in the order that numbers its files
 * @param output root of the dataset, an absolute URI without a slash at the end
 * @param work root of the stage results, likewise
 * @param spark Spark settings by their full names, such as {@code spark.master}; never part of the fingerprint
 */
public record PrepareConfig(
        List<InputConfig> input,
        URI output,
        URI work,
        IngestConfig ingest,
        DeduplicationConfig deduplication,
        TokenizerConfig tokenizer,
        PackingConfig packing,
        ShardsConfig shards,
        Map<String, String> spark) {

    public PrepareConfig {
        input = List.copyOf(input);
        spark = Map.copyOf(spark);
    }

    /**
     * What changes the bytes of the dataset, by the key's path: strings, whole numbers, doubles, booleans and lists of
     * strings. Where files lie, the tokenizer's path and engine, the budget of rejected records and Spark's settings are
     * not in it; the content of the input files and of the tokenizer is for the caller to add, and so are the
     * fingerprints of earlier datasets, in place of where they lie.
     */
    public SortedMap<String, Object> fingerprinted() {
        SortedMap<String, Object> values = new TreeMap<>();
        for (int i = 0; i < input.size(); i++) {
            for (ConfigKey<InputConfig, ?> key : ConfigKeys.OF_INPUT) {
                if (key.role() == ConfigKey.Role.BYTES) {
                    values.put(ConfigKeys.INPUT + "." + i + "." + key.path(), key.plain(input.get(i)));
                }
            }
        }
        for (ConfigKey<PrepareConfig, ?> key : ConfigKeys.OF_JOB) {
            if (key.role() == ConfigKey.Role.BYTES) {
                values.put(key.path(), key.plain(this));
            }
        }
        return values;
    }
}
