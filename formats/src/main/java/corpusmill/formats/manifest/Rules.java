package corpusmill.formats.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What values of a manifest must be; a violation is an {@link IllegalArgumentException} that names the key. */
final class Rules {

    private Rules() {}

    static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(key + " must be at least " + least + " but was " + value);
        }
    }

    static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be in [" + least + ", " + most + "] but was " + value);
        }
    }

    static void hex(String key, String value, int digits) {
        if (value.length() != digits || !value.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    key + " must be " + digits + " lower-case hexadecimal digits but was '" + value + "'");
        }
    }

    /** A path must stay below the root and hold no control characters. */
    static void path(String key, String value) {
        if (value.isEmpty()
                || value.startsWith("/")
                || value.chars().anyMatch(Character::isISOControl)
                || List.of(value.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException(
                    key + " must be a path below the dataset's root but was '" + value + "'");
        }
    }

    /** An immutable copy that keeps the order. */
    static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
