package corpusmill.jobs.config;

import corpusmill.formats.ConfigException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a group of keys by the table. */
final class GroupReader {

    private final List<? extends ConfigKey<?, ?>> keys;
    private final String prefix;
    private final Set<String> others;
    private final ConfigValues values = new ConfigValues();

    /**
     * Makes a reader.
     *
     * @param keys what may stand in the group and the groups below it
     * @param prefix what stands before the keys in messages: empty, or such as {@code input.0.}
     * @param others names beside those of the table, which are left alone
     */
    GroupReader(List<? extends ConfigKey<?, ?>> keys, String prefix, Set<String> others) {
        this.keys = keys;
        this.prefix = prefix;
        this.others = others;
    }

    /**
     * Reads the group.
     *
     * @throws ConfigException if a key is unknown or a value is not what its key accepts
     */
    ConfigValues read(ConfigNode.Group group) {
        read(group, "");
        return values;
    }

    private void read(ConfigNode.Group group, String above) {
        group.entries().forEach((name, node) -> {
            String path = above + name;
            Optional<? extends ConfigKey<?, ?>> key =
                    keys.stream().filter(k -> k.path().equals(path)).findFirst();
            if (key.isPresent()) {
                take(key.get(), node);
            } else if (keys.stream().anyMatch(k -> k.path().startsWith(path + "."))) {
                descend(node, path);
            } else if (!above.isEmpty() || !others.contains(name)) {
                throw unknown(node, above, name);
            }
        });
    }

    private void descend(ConfigNode node, String path) {
        if (node instanceof ConfigNode.Group group) {
            read(group, path + ".");
        } else if (!(node instanceof ConfigNode.Scalar scalar && scalar.kind() == ConfigNode.Kind.NULL)) {
            throw new ConfigException(node.origin() + ": " + prefix + path + " must be a group of keys but was "
                    + node.described() + "; known are " + String.join(", ", names(path + ".")));
        }
    }

    private <T> void take(ConfigKey<?, T> key, ConfigNode node) {
        values.put(key, value(prefix + key.path(), key, node), node.origin());
    }

    /** Reads one value. */
    static <T> T value(String path, ConfigKey<?, T> key, ConfigNode node) {
        try {
            return key.type().reader().read(node);
        } catch (Refusal e) {
            String sentence = e.sentence() != null
                    ? " " + e.sentence()
                    : " must be " + key.type().limit() + " but was " + node.described() + fallback(key);
            throw new ConfigException(node.origin() + ": " + path + sentence, e);
        }
    }

    private static <T> String fallback(ConfigKey<?, T> key) {
        T fallback = key.fallback();
        return fallback == null ? "" : "; the default is " + key.type().plain().apply(fallback);
    }

    private ConfigException unknown(ConfigNode node, String above, String name) {
        Collection<String> known = names(above);
        String remedy = NearestName.of(name, known)
                .map(near -> prefix + above + near)
                .or(() -> keys.stream()
                        .map(ConfigKey::path)
                        .filter(path -> path.endsWith("." + name))
                        .findFirst()
                        .map(path -> prefix + path))
                .map(near -> "did you mean " + near + "?")
                .orElse("known here are " + String.join(", ", known));
        return new ConfigException(
                node.origin() + ": " + prefix + above + name + " is not a key of a job file; " + remedy);
    }

    /** The names that may stand in a group. */
    private Collection<String> names(String above) {
        Set<String> names = new TreeSet<>(above.isEmpty() ? others : Set.of());
        keys.stream()
                .map(ConfigKey::path)
                .filter(path -> path.startsWith(above))
                .map(path -> path.substring(above.length()).replaceFirst("\\..*", ""))
                .forEach(names::add);
        return names;
    }
}
