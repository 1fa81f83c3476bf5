package corpusmill.jobs.flow;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Things that are made once per JVM and shared by all tasks of an executor, such as a loaded tokenizer; the one place
 * for static state. Thread-safe.
 */
public final class PerJvm<K, V> {

    private final ConcurrentMap<K, V> values = new ConcurrentHashMap<>();

    /** The value of a key, made by the first thread that asks. */
    public V get(K key, Function<? super K, ? extends V> make) {
        return values.computeIfAbsent(key, make);
    }
}
