package corpusmill.tokenizer.fast;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.tokenizer.FeatureNotCoveredException;
import java.util.Iterator;
import java.util.Set;

/**
 * An object of a definition of which every key must be known: what is not on the list is refused with its JSON path, never
 * guessed.
 */
final class Allowed {
    private final String definition;
    private final String path;
    private final JsonNode node;

    /**
     * An object, checked for keys.
     *
     * @param definition the definition's name, for messages
     * @param path JSON path of the object
     * @param keys all keys it may have
     */
    Allowed(String definition, String path, JsonNode node, Set<String> keys) {
        this.definition = definition;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw refused(path, shown(node));
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw refused(path + "." + name, shown(node.get(name)));
            }
        }
    }

    JsonNode get(String key) {
        return node.path(key);
    }

    /** Refuses the object for one of its keys. */
    FeatureNotCoveredException refused(String key) {
        return refused(path + "." + key, shown(node.path(key)));
    }

    /** The value must be this text. */
    void text(String key, String wanted) {
        if (!node.path(key).isTextual() || !node.path(key).textValue().equals(wanted)) {
            throw refused(key);
        }
    }

    /** A truth value; where it is missing or null, what the reference engine takes then. */
    boolean flag(String key, boolean otherwise) {
        JsonNode value = node.path(key);
        if (isAbsent(value)) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw refused(key);
        }
        return value.booleanValue();
    }

    /** The value must be false, null or missing. */
    void off(String key) {
        if (flag(key, false)) {
            throw refused(key);
        }
    }

    /** The value must be the empty text, null or missing. */
    void empty(String key) {
        JsonNode value = node.path(key);
        if (!isAbsent(value) && !value.asText("x").isEmpty()) {
            throw refused(key);
        }
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private FeatureNotCoveredException refused(String place, String what) {
        return new FeatureNotCoveredException(definition, place, what);
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
