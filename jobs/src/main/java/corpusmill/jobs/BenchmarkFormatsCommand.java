package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.order.FeistelPermutation;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Measures the shards of a dataset: what they cost beside their tokens, and how fast they are written and read. */
@Command(
        name = "formats",
        description = {
            "Measure shards with the rows of a dataset: 10^9 bytes of tokens a CPU second of one thread, the best pass,",
            "and what the dataset spends beside its tokens. formats/python/benchmarks/peers.py puts loaders beside it."
        },
        footer = {"", "Example: corpusmill benchmark formats out/sample --json"})
final class BenchmarkFormatsCommand implements Callable<Integer> {

    /** Below this many rows chance moves the neighbours by more than a percent. */
    private static final long ENOUGH_ROWS = 1 << 14;

    @ParentCommand
    private @Nullable BenchmarkCommand parent;

    @Parameters(paramLabel = "DATASET", description = "Root of the dataset, a path or a URI.")
    private String dataset = "";

    @Option(
            names = "--passes",
            defaultValue = "5",
            description = "Passes after the first; ${DEFAULT-VALUE} when left out.")
    private int passes = 5;

    @Option(
            names = "--max-megabytes",
            defaultValue = "64",
            description = "10^6 bytes of tokens held in memory; ${DEFAULT-VALUE} when left out.")
    private int megabytes = 64;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        if (passes < 1 || megabytes < 1) {
            throw new ConfigException(
                    "--passes and --max-megabytes must be at least 1 but are " + passes + " and " + megabytes);
        }
        URI place = Storages.uri(dataset);
        Dataset opened = Dataset.open(place);
        FormatsBenchmark benchmark = new FormatsBenchmark(opened, megabytes, passes);
        Map<String, Double> speeds = speeds(benchmark);
        Map<String, Object> shape = shape(opened);
        Console console = Objects.requireNonNull(parent).console();
        console.out().print(json ? Json.line(object(place, benchmark, speeds, shape)) + "\n" : table(speeds, shape));
        return 0;
    }

    private static Map<String, Double> speeds(FormatsBenchmark benchmark) {
        try {
            Path folder = Files.createTempDirectory("corpusmill-benchmark");
            try {
                return benchmark.speeds(folder.toUri());
            } finally {
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the dataset spends, from its manifest and its table of shards. */
    private static Map<String, Object> shape(Dataset dataset) {
        Manifest manifest = dataset.manifest();
        long tokens = manifest.splits().values().stream()
                .mapToLong(SplitEntry::tokens)
                .sum();
        long pad = manifest.splits().values().stream()
                .mapToLong(SplitEntry::padTokens)
                .sum();
        long raw = (tokens + pad) * manifest.tokenType().bytes();
        long bytes = dataset.shards().stream()
                .mapToLong(shard -> shard.summary().bytes())
                .sum();
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("tokens", tokens);
        shape.put("bytes_over_raw_tokens", raw == 0 ? 0.0 : (double) bytes / raw - 1);
        shape.put("padding", tokens + pad == 0 ? 0.0 : (double) pad / (tokens + pad));
        manifest.splits().forEach((name, split) -> {
            if (split.shards() > 1 && split.rows() >= ENOUGH_ROWS) {
                shape.put(
                        "neighbours_" + name,
                        neighbours(split, manifest.shuffle().seed()));
            }
        });
        return shape;
    }

    /** How often rows that were packed one after the other share a shard, against a uniform order. */
    private static double neighbours(SplitEntry split, long seed) {
        FeistelPermutation order = new FeistelPermutation(split.rows(), seed, 0);
        long most = Math.min(split.rows(), 1 << 22);
        long same = 0;
        long before = order.apply(0) / split.rowsPerShard();
        for (long row = 1; row < most; row++) {
            long shard = order.apply(row) / split.rowsPerShard();
            same += shard == before ? 1 : 0;
            before = shard;
        }
        double pairs = 0;
        for (int shard = 0; shard < split.shards(); shard++) {
            pairs += (double) split.rowsOf(shard) * (split.rowsOf(shard) - 1);
        }
        return same / (pairs / split.rows() / (split.rows() - 1) * (most - 1));
    }

    private static Map<String, Object> object(
            URI place, FormatsBenchmark benchmark, Map<String, Double> speeds, Map<String, Object> shape) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("dataset", place.toString());
        object.put("java", Runtime.version().toString());
        object.put("measured_bytes", benchmark.bytes());
        object.put("gb_per_cpu_second", speeds);
        object.putAll(shape);
        return object;
    }

    private static String table(Map<String, Double> speeds, Map<String, Object> shape) {
        TextTable table = new TextTable("what", "GB a CPU second");
        speeds.forEach((what, speed) -> table.row(what.replace('_', ' '), String.format(Locale.ROOT, "%.2f", speed)));
        StringBuilder text = new StringBuilder("Java " + Runtime.version() + "\n" + table);
        shape.forEach((what, value) -> text.append(what.replace('_', ' '))
                .append(": ")
                .append(
                        value instanceof Long count
                                ? TextTable.count(count)
                                : String.format(Locale.ROOT, "%.5f", (Double) value))
                .append('\n'));
        return text.toString();
    }
}
