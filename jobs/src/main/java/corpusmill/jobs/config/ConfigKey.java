package corpusmill.jobs.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of the job file. The parser, {@code --print-config}, the fingerprint and the JSON Schema all read these.
 *
 * @param path the key with its groups, joined by dots
 * @param type what it accepts
 * @param fallback its default; null when it is required or derived from other values
 * @param value finds it in the configuration
 * @param role what the value may change
 * @param doc one sentence
 * @param <O> the record that holds it
 * @param <T> type of the value
 */
record ConfigKey<O, T>(
        String path, KeyType<T> type, @Nullable T fallback, Function<O, T> value, Role role, String doc) {

    /** What a value may change. */
    enum Role {
        /** The bytes of the dataset; part of the fingerprint. */
        BYTES,
        /** Where and how it is made. */
        RUN
    }

    /** The value as YAML and JSON can say it. */
    Object plain(O owner) {
        return type.plain().apply(value.apply(owner));
    }
}
