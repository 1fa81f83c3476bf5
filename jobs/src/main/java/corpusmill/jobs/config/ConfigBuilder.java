package corpusmill.jobs.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts checked values into their records. */
final class ConfigBuilder {

    private ConfigBuilder() {}

    static PrepareConfig build(List<ConfigValues> inputs, ConfigValues values, URI output, Map<String, String> spark) {
        List<InputConfig> entries = new ArrayList<>();
        inputs.forEach(entry -> entries.add(input(entry)));
        URI work = values.find(ConfigKeys.WORK);
        return new PrepareConfig(
                entries,
                output,
                work == null ? URI.create(output + ".work") : work,
                new IngestConfig(
                        values.get(ConfigKeys.MAX_DOCUMENT),
                        values.get(ConfigKeys.MAX_REJECTED_SHARE),
                        Math.toIntExact(values.get(ConfigKeys.MIN_CHARACTERS)),
                        values.get(ConfigKeys.QUARANTINE)),
                deduplication(values),
                new TokenizerConfig(
                        values.get(ConfigKeys.TOKENIZER),
                        values.get(ConfigKeys.ENGINE),
                        values.get(ConfigKeys.SPECIAL_TOKENS),
                        values.get(ConfigKeys.APPEND)),
                new PackingConfig(
                        Math.toIntExact(values.get(ConfigKeys.SEQUENCE_LENGTH)),
                        values.get(ConfigKeys.MODE),
                        values.get(ConfigKeys.PACKING_SEED)),
                new ShardsConfig(
                        values.get(ConfigKeys.TARGET_SIZE),
                        values.get(ConfigKeys.ARCHIVE),
                        values.get(ConfigKeys.VALIDATION_SHARE)),
                spark);
    }

    private static DeduplicationConfig deduplication(ConfigValues values) {
        NearConfig near = new NearConfig(
                values.get(ConfigKeys.NEAR),
                values.get(ConfigKeys.SHINGLE),
                values.get(ConfigKeys.THRESHOLD),
                values.get(ConfigKeys.RECALL),
                values.get(ConfigKeys.NEAR_SEED));
        return new DeduplicationConfig(values.get(ConfigKeys.EXACT), near, values.get(ConfigKeys.KEEP));
    }

    private static InputConfig input(ConfigValues values) {
        String path = values.get(ConfigKeys.PATH);
        String source = values.find(ConfigKeys.SOURCE);
        return new InputConfig(
                path,
                source == null ? Locations.directoryName(path) : source,
                values.get(ConfigKeys.FORMAT),
                new FieldsConfig(values.get(ConfigKeys.TEXT_FIELD), values.get(ConfigKeys.ID_FIELD)));
    }
}
