package corpusmill.jobs.config;

import java.util.Map;
import java.util.function.Function;

/**
 * What a key accepts, in four forms that belong together.
 *
 * @param limit for messages, after "must be"
 * @param reader turns what was written into the value
 * @param plain turns the value into what YAML and JSON can say
 * @param schema its JSON Schema
 * @param <T> type of the value
 */
record KeyType<T>(String limit, Reader<T> reader, Function<T, Object> plain, Map<String, Object> schema) {

    /** Turns what was written into the value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ConfigNode node) throws Refusal;
    }
}
