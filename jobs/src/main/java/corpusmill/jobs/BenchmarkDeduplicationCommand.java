package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.near.LshBands;
import corpusmill.jobs.dedup.near.SignatureKernel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures the signature kernel of the search for near-duplicates on texts of the user. */
@Command(
        name = "deduplication",
        description = {
            "Measure the signatures of near-duplicates: 10^6 bytes of text a CPU second of one thread, the best pass.",
            "A hash of all band keys shows that another machine or Java computes the same."
        },
        footer = {"", "Example: corpusmill benchmark deduplication --text corpus.jsonl --shingle words:5 --json"})
final class BenchmarkDeduplicationCommand implements Callable<Integer> {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);

    @ParentCommand
    private @Nullable BenchmarkCommand parent;

    @Mixin
    private TextOptions texts = new TextOptions();

    @Option(
            names = "--shingle",
            defaultValue = "auto",
            description = Shingle.FORMS + "; ${DEFAULT-VALUE} when left out.")
    private String shingle = "auto";

    @Option(
            names = "--threshold",
            defaultValue = "0.8",
            description = "Similarity in (0, 1]; ${DEFAULT-VALUE} when left out.")
    private double threshold;

    @Option(names = "--passes", defaultValue = "5", description = "Passes; ${DEFAULT-VALUE} when left out.")
    private int passes;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        NearConfig near = near();
        LshBands bands = LshBands.of(near.threshold(), near.recall());
        List<Map<String, Object>> files = new ArrayList<>();
        for (Path text : texts.files()) {
            files.add(measure(near, text));
        }
        Console console = Objects.requireNonNull(parent).console();
        console.out().print(json ? Json.line(object(near, bands, files)) + "\n" : table(near, bands, files));
        return 0;
    }

    private NearConfig near() {
        Shingle parsed = Shingle.parse(shingle)
                .orElseThrow(() -> new ConfigException("--shingle must be " + Shingle.FORMS + " but is " + shingle));
        if (!(threshold > 0 && threshold <= 1)) {
            throw new ConfigException("--threshold must be a number in (0, 1] but is " + threshold);
        }
        if (passes < 1 || texts.megabytes() < 1) {
            throw new ConfigException(
                    "--passes and --max-megabytes must be at least 1 but are " + passes + " and " + texts.megabytes());
        }
        return new NearConfig(true, parsed, threshold, NearConfig.DEFAULT.recall(), NearConfig.DEFAULT.seed());
    }

    private Map<String, Object> measure(NearConfig near, Path file) {
        List<byte[]> documents = texts.read(file);
        SignatureKernel kernel = new SignatureKernel(near);
        long began = THREADS.getCurrentThreadCpuTime();
        long hash;
        do {
            hash = pass(kernel, documents);
        } while (THREADS.getCurrentThreadCpuTime() - began < WARM_UP_NANOS);
        long best = Long.MAX_VALUE;
        for (int pass = 0; pass < passes; pass++) {
            long before = THREADS.getCurrentThreadCpuTime();
            hash = pass(kernel, documents);
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - before);
        }
        long bytes = documents.stream().mapToLong(document -> document.length).sum();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("file", BenchmarkTexts.name(file));
        figures.put("documents", documents.size());
        figures.put("bytes", bytes);
        figures.put("mb_per_cpu_second", bytes * 1e3 / Math.max(1, best));
        figures.put("keys_hash", String.format(Locale.ROOT, "%016x", hash));
        return figures;
    }

    /** A hash of all keys, in order. */
    private static long pass(SignatureKernel kernel, List<byte[]> documents) {
        long hash = 1;
        for (byte[] document : documents) {
            for (long key : kernel.keys(document)) {
                hash = 31 * hash + key;
            }
        }
        return hash;
    }

    private static Map<String, Object> object(NearConfig near, LshBands bands, List<Map<String, Object>> files) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("shingle", near.shingle().toString());
        object.put("threshold", near.threshold());
        object.put("bands", bands.bands());
        object.put("rows", bands.rows());
        object.put("java", Runtime.version().toString());
        object.put("files", files);
        return object;
    }

    private static String table(NearConfig near, LshBands bands, List<Map<String, Object>> files) {
        TextTable table = new TextTable("file", "documents", "bytes", "MB/s", "keys");
        for (Map<String, Object> each : files) {
            table.row(
                    String.valueOf(each.get("file")),
                    TextTable.count(((Number) Objects.requireNonNull(each.get("documents"))).longValue()),
                    TextTable.count(((Number) Objects.requireNonNull(each.get("bytes"))).longValue()),
                    TextTable.seconds(((Number) Objects.requireNonNull(each.get("mb_per_cpu_second"))).doubleValue()),
                    String.valueOf(each.get("keys_hash")));
        }
        return near.shingle() + ", " + bands.bands() + " bands of " + bands.rows() + " minima, Java "
                + Runtime.version() + "\n" + table;
    }
}
