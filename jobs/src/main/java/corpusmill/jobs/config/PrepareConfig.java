package corpusmill.jobs.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A whole job file, every value filled in and checked. Immutable.
 *
 * @param input where the corpus lies, in the order that numbers its files
 * @param output root of the dataset
 * @param work root of the stage results
 * @param spark Spark settings by their own names; never part of the fingerprint
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
}
