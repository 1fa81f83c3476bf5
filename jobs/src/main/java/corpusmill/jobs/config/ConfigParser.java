package corpusmill.jobs.config;

import corpusmill.formats.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job file: YAML 1.2, every value checked, every default filled in.
 *
 * <p>A path without a scheme, of {@code input}, {@code output}, {@code work} or {@code tokenizer.path}, is relative to
 * the working directory, not to the job file. Stateless.
 */
public final class ConfigParser {

    /** Longest job file, bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private ConfigParser() {}

    /**
     * Reads a job file.
     *
     * @param file the job file
     * @param sets values that win over the file's, each {@code key=value} with a dotted path
     * @throws ConfigException if there is no such file, or it or a value of {@code sets} cannot be used
     */
    public static JobFile parse(Path file, List<String> sets) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(MAX_BYTES + 1), file.toString(), sets);
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    file + ": there is no such job file; give its path relative to the working directory with --config",
                    e);
        } catch (IOException e) {
            throw new ConfigException(
                    file + ": the job file cannot be read: " + e.getMessage()
                            + "; check that it is a file and that you may read it",
                    e);
        }
    }

    /**
     * Reads the content of a job file.
     *
     * @param content UTF-8
     * @param name what messages call it
     * @param sets as for {@link #parse(Path, List)}
     * @throws ConfigException if it or a value of {@code sets} cannot be used
     */
    public static JobFile parse(byte[] content, String name, List<String> sets) {
        if (content.length > MAX_BYTES) {
            throw new ConfigException(name + ": a job file must have at most " + MAX_BYTES
                    + " bytes; use globs instead of listing files one by one");
        }
        ConfigNode root = YamlReader.file(decode(content, name), name);
        if (root == null) {
            throw new ConfigException(name + ": the job file is empty; it needs at least input and output");
        }
        if (!(root instanceof ConfigNode.Group group)) {
            throw new ConfigException(root.origin() + ": a job file must be a group of keys but was " + root.described()
                    + "; it starts like: input:");
        }
        sets.forEach(set -> Overrides.apply(group, set));
        Secrets.check("", group);
        return build(group, name);
    }

    private static JobFile build(ConfigNode.Group root, String name) {
        ConfigValues values =
                new GroupReader(ConfigKeys.OF_JOB, "", Set.of(ConfigKeys.INPUT, ConfigKeys.SPARK)).read(root);
        List<ConfigValues> inputs = inputs(root.entries().get(ConfigKeys.INPUT), name);
        Map<String, ConfigOrigin> sparkOrigins = new TreeMap<>();
        Map<String, String> spark = spark(root.entries().get(ConfigKeys.SPARK), sparkOrigins);
        sparkOrigins.forEach((key, origin) -> Secrets.checkEndpoint(spark, key, origin));
        URI output = values.find(ConfigKeys.OUTPUT);
        if (output == null) {
            throw new ConfigException(name
                    + ": output is missing; say where the dataset goes, such as output: s3://bucket/datasets/web-v1");
        }
        PrepareConfig config = ConfigBuilder.build(inputs, values, output, spark);
        checkPlaces(config, values);
        return new JobFile(config, Settings.of(config, inputs, values, sparkOrigins));
    }

    private static List<ConfigValues> inputs(@Nullable ConfigNode node, String name) {
        String example = "such as input: [ { path: \"s3://bucket/raw/*.jsonl.gz\" } ]";
        if (node == null) {
            throw new ConfigException(name + ": input is missing; say what to read, " + example);
        }
        if (!(node instanceof ConfigNode.Listing listing) || listing.items().isEmpty()) {
            throw new ConfigException(node.origin() + ": input must be a list of at least one entry but was "
                    + node.described() + "; write it " + example);
        }
        List<ConfigValues> inputs = new ArrayList<>();
        for (ConfigNode item : listing.items()) {
            String prefix = ConfigKeys.INPUT + "." + inputs.size();
            if (!(item instanceof ConfigNode.Group group)) {
                throw new ConfigException(item.origin() + ": " + prefix + " must be a group of keys but was "
                        + item.described() + "; write path: before it");
            }
            ConfigValues values = new GroupReader(ConfigKeys.OF_INPUT, prefix + ".", Set.of()).read(group);
            String path = values.find(ConfigKeys.PATH);
            if (path == null) {
                throw new ConfigException(
                        item.origin() + ": " + prefix + ".path is missing; name a file, a directory or a glob");
            }
            checkScheme(prefix, path, values);
            inputs.add(values);
        }
        return inputs;
    }

    private static void checkScheme(String prefix, String path, ConfigValues values) {
        try {
            Locations.checkScheme(path);
        } catch (Refusal e) {
            throw new ConfigException(values.origin(ConfigKeys.PATH) + ": " + prefix + ".path " + e.sentence(), e);
        }
    }

    private static Map<String, String> spark(@Nullable ConfigNode node, Map<String, ConfigOrigin> origins) {
        Map<String, String> settings = new TreeMap<>();
        if (node == null || (node instanceof ConfigNode.Scalar scalar && scalar.kind() == ConfigNode.Kind.NULL)) {
            return settings;
        }
        if (!(node instanceof ConfigNode.Group group)) {
            throw new ConfigException(node.origin() + ": spark must be a group of keys but was " + node.described()
                    + "; write for example spark: { master: \"local[*]\" }");
        }
        group.entries().forEach((written, value) -> {
            String name = written.startsWith("spark.") ? written : "spark." + written;
            try {
                settings.put(name, KeyTypes.written(value));
                origins.put(name, value.origin());
            } catch (Refusal e) {
                throw new ConfigException(
                        value.origin() + ": spark setting " + name + " must be a single value but was "
                                + value.described() + "; quote it or leave it out",
                        e);
            }
        });
        return settings;
    }

    private static void checkPlaces(PrepareConfig config, ConfigValues values) {
        if (Locations.within(config.output(), config.work()) || Locations.within(config.work(), config.output())) {
            throw new ConfigException(values.origin(ConfigKeys.WORK) + ": work " + config.work() + " and output "
                    + config.output() + " must not lie in each other; leave work out to put it beside");
        }
        for (int i = 0; i < config.input().size(); i++) {
            URI read = Locations.readDirectory(config.input().get(i).path());
            if (read != null && (Locations.within(config.output(), read) || Locations.within(config.work(), read))) {
                throw new ConfigException(values.origin(ConfigKeys.OUTPUT) + ": output " + config.output()
                        + " and work " + config.work() + " must not lie in the directory input." + i + " reads, " + read
                        + "; the next run would read what this one wrote");
            }
        }
    }

    private static String decode(byte[] content, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigException(name + ": the job file is not valid UTF-8; save it as UTF-8", e);
        }
    }
}
