package corpusmill.jobs.config;

import corpusmill.formats.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns YAML 1.2 text into {@link ConfigNode}s. Makes no objects of the text's choice, refuses duplicate keys, and is
 * bounded in nesting and aliases.
 */
final class YamlReader {

    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_NODES = 100_000;
    private static final Map<Tag, ConfigNode.Kind> KINDS = Map.of(
            Tag.STR, ConfigNode.Kind.TEXT,
            Tag.INT, ConfigNode.Kind.WHOLE,
            Tag.FLOAT, ConfigNode.Kind.NUMBER,
            Tag.BOOL, ConfigNode.Kind.BOOLEAN,
            Tag.NULL, ConfigNode.Kind.NULL);

    private final String name;
    private final Function<Node, ConfigOrigin> origins;
    private int nodes;

    private YamlReader(String name, Function<Node, ConfigOrigin> origins) {
        this.name = name;
        this.origins = origins;
    }

    /**
     * Reads a file's text; every node knows its line and column.
     *
     * @param name the file, as messages call it
     * @return null if the text holds no value
     * @throws ConfigException if it is not one YAML document of lists, groups and plain values
     */
    static @Nullable ConfigNode file(String text, String name) {
        return new YamlReader(
                        name,
                        node -> new ConfigOrigin(name
                                + node.getStartMark()
                                        .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                                        .orElse("")))
                .read(text);
    }

    /** Reads one value of the command line; all of it comes from {@code origin}. */
    static @Nullable ConfigNode value(String text, ConfigOrigin origin) {
        return new YamlReader(origin.place(), node -> origin).read(text);
    }

    private @Nullable ConfigNode read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(true) // refused below, with their place
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isPresent() ? convert(root.get(), 0) : null;
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse("");
            throw new ConfigException(
                    name + place + ": is not valid YAML: " + e.getProblem()
                            + "; check indentation, quotes and brackets there",
                    e);
        } catch (YamlEngineException e) {
            throw new ConfigException(name + ": is not valid YAML: " + e.getMessage(), e);
        }
    }

    private ConfigNode convert(Node node, int depth) {
        ConfigOrigin origin = origins.apply(node);
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new ConfigException(origin + ": nests deeper than " + MAX_DEPTH + " levels or holds more than "
                    + MAX_NODES + " values; a job file is small, so check its aliases");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, origin);
        }
        if (node instanceof SequenceNode sequence) {
            List<ConfigNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, depth + 1));
            }
            return new ConfigNode.Listing(items, origin);
        }
        return group((MappingNode) node, origin, depth);
    }

    private static ConfigNode scalar(ScalarNode node, ConfigOrigin origin) {
        ConfigNode.Kind kind = KINDS.get(node.getTag());
        if (kind == null) {
            throw new ConfigException(origin + ": the tag " + node.getTag()
                    + " is not allowed in a job file; write the value without it");
        }
        return new ConfigNode.Scalar(kind, node.getValue(), origin);
    }

    private ConfigNode group(MappingNode node, ConfigOrigin origin, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            ConfigOrigin place = origins.apply(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new ConfigException(place + ": a key must be a plain word; quote values that hold braces");
            }
            if (entries.containsKey(key.getValue())) {
                throw new ConfigException(
                        place + ": the key '" + key.getValue() + "' stands here a second time; keep one of them");
            }
            entries.put(key.getValue(), convert(tuple.getValueNode(), depth + 1));
        }
        return new ConfigNode.Group(entries, origin);
    }
}
