package corpusmill.jobs.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one group of keys was given: values by key, and where each came from by the key's full path. */
final class ConfigValues {

    private final Map<ConfigKey<?, ?>, Object> values = new LinkedHashMap<>();
    private final Map<ConfigKey<?, ?>, ConfigOrigin> origins = new LinkedHashMap<>();

    <T> void put(ConfigKey<?, T> key, T value, ConfigOrigin origin) {
        values.put(key, value);
        origins.put(key, origin);
    }

    /** The given value, else the default; null when there is neither. */
    @SuppressWarnings("unchecked") // put() pairs a key with its own type only
    <T> @Nullable T find(ConfigKey<?, T> key) {
        Object given = values.get(key);
        return given == null ? key.fallback() : (T) given;
    }

    /** The given value, else the default, which the key must have. */
    <T> T get(ConfigKey<?, T> key) {
        T value = find(key);
        if (value == null) {
            throw new IllegalStateException(key.path() + " has no value and no default");
        }
        return value;
    }

    ConfigOrigin origin(ConfigKey<?, ?> key) {
        return origins.getOrDefault(key, ConfigOrigin.DEFAULT);
    }
}
