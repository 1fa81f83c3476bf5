package corpusmill.jobs.config;

import corpusmill.formats.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Writes {@code --set key=value} over what the file says. */
final class Overrides {

    private Overrides() {}

    /**
     * Puts one value in its place, making the groups on the way.
     *
     * @param root changed in place
     * @param set {@code key=value}: a dotted path with indexes for lists, and a YAML value
     * @throws ConfigException if it has another form or leads through something that is not a group
     */
    static void apply(ConfigNode.Group root, String set) {
        int equals = set.indexOf('=');
        if (equals < 1) {
            throw new ConfigException(
                    "--set takes key=value, such as --set packing.sequence-length=2048, but was '" + set + "'");
        }
        String key = set.substring(0, equals).strip();
        ConfigOrigin origin = new ConfigOrigin("--set " + key);
        ConfigNode value = YamlReader.value(set.substring(equals + 1), origin);
        if (value == null) {
            value = new ConfigNode.Scalar(ConfigNode.Kind.NULL, "", origin);
        }
        List<String> path = path(key);
        ConfigNode parent = root;
        for (int i = 0; i + 1 < path.size(); i++) {
            ConfigNode fresh = path.get(i).equals(ConfigKeys.INPUT)
                    ? new ConfigNode.Listing(new ArrayList<>(), origin)
                    : new ConfigNode.Group(new LinkedHashMap<>(), origin);
            parent = child(parent, path.get(i), fresh, origin);
        }
        put(parent, path.get(path.size() - 1), value, origin);
    }

    /** A Spark setting's own name has dots in it: all after {@code spark.} is one key. */
    private static List<String> path(String key) {
        String spark = ConfigKeys.SPARK + ".";
        return key.startsWith(spark)
                ? List.of(ConfigKeys.SPARK, key.substring(spark.length()))
                : List.of(key.split("\\.", -1));
    }

    private static ConfigNode child(ConfigNode parent, String name, ConfigNode fresh, ConfigOrigin origin) {
        ConfigNode found = null;
        if (parent instanceof ConfigNode.Group group) {
            found = group.entries().get(name);
        } else if (parent instanceof ConfigNode.Listing listing
                && index(listing, name, origin) < listing.items().size()) {
            found = listing.items().get(index(listing, name, origin));
        }
        boolean nothing = found instanceof ConfigNode.Scalar scalar && scalar.kind() == ConfigNode.Kind.NULL;
        if (found != null && !nothing) {
            return found;
        }
        put(parent, name, fresh, origin);
        return fresh;
    }

    private static void put(ConfigNode parent, String name, ConfigNode value, ConfigOrigin origin) {
        if (parent instanceof ConfigNode.Group group) {
            group.entries().put(name, value);
        } else if (parent instanceof ConfigNode.Listing listing) {
            int index = index(listing, name, origin);
            if (index == listing.items().size()) {
                listing.items().add(value);
            } else {
                listing.items().set(index, value);
            }
        } else {
            throw new ConfigException(origin + ": there is no key '" + name + "' below " + parent.described()
                    + "; run corpusmill schema for all keys");
        }
    }

    private static int index(ConfigNode.Listing listing, String name, ConfigOrigin origin) {
        int size = listing.items().size();
        if (!name.matches("\\d{1,6}") || Integer.parseInt(name) > size) {
            throw new ConfigException(origin + ": the index of a list must be a number from 0 to " + size
                    + " here but was '" + name + "'");
        }
        return Integer.parseInt(name);
    }
}
