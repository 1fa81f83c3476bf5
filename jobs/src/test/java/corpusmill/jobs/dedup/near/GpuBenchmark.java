package corpusmill.jobs.dedup.near;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.shingle.Shingler;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The relational stages on whatever engine this JVM has: a CPU, or a GPU when {@code spark.plugins} names the RAPIDS
 * Accelerator. The kit in {@code jobs/kit} runs it with both.
 *
 * <pre>
 * GpuBenchmark generate FOLDER DOCUMENTS    texts with planted duplicates, as Parquet
 * GpuBenchmark parity FOLDER DOCUMENTS      keys by SQL on this engine against the Java kernel
 * GpuBenchmark measure FOLDER RUN           seconds of each stage
 * </pre>
 *
 * Each of the last two prints one JSON object on standard output.
 */
final class GpuBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NearConfig NEAR = Documents.words(0.8);
    private static final Pattern OPERATOR = Pattern.compile("(?m)^[\\s:|+*()\\d-]*([A-Z]\\w+)");

    private final SparkSession spark;
    private final Path folder;
    private final ObjectNode result = JSON.createObjectNode();

    private GpuBenchmark(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder()
                .appName("gpu-benchmark")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
        GpuBenchmark benchmark = new GpuBenchmark(spark, Path.of(arguments[1]));
        long number = Long.parseLong(arguments[2]);
        switch (arguments[0]) {
            case "generate" -> benchmark.generate(number);
            case "parity" -> benchmark.parity(number);
            case "measure" -> benchmark.measure(number);
            default -> throw new IllegalArgumentException("generate, parity or measure, not " + arguments[0]);
        }
        String name = arguments[0] + "-" + benchmark.engine() + "-" + number + ".json";
        Files.writeString(benchmark.folder.resolve(name), JSON.writeValueAsString(benchmark.result));
        spark.stop();
    }

    private String engine() {
        return spark.conf().get("spark.plugins", "").contains("SQLPlugin") ? "gpu" : "cpu";
    }

    private String place(String name) {
        return folder.resolve(name).toString();
    }

    /** Of ten documents one is an exact copy, one differs in a word; words are drawn by hashes, the same everywhere. */
    private void generate(long documents) {
        String original = "case id % 10 when 8 then id - 8 when 9 then id - 9 else id end";
        String word = "concat('w', pmod(xxhash64(origin, i), 5000 + pmod(xxhash64(i), 45000)))";
        spark.range(documents)
                .selectExpr(
                        "id", original + " as origin", "sequence(1, 20 + pmod(xxhash64(" + original + "), 400)) as n")
                .selectExpr("id", "transform(n, i -> " + word + ") as words")
                .selectExpr(
                        "id",
                        "0 as source",
                        "concat(array_join(words, ' '), if(id % 10 = 9, ' changed', '')) as text",
                        "cast(null as string) as key")
                .write()
                .mode("overwrite")
                .parquet(place("documents"));
        result.put("documents", documents);
    }

    private void parity(long limit) {
        Dataset<Document> documents = documents().filter("id < " + limit).as(RecordEncoder.of(Document.class));
        Dataset<Row> keys = SqlSignatures.of(NEAR).keys(documents);
        keys.write().mode("overwrite").parquet(place("keys-" + engine()));
        coverage(keys, result);
        long mismatches = 0;
        long compared = 0;
        MinHasher hasher = new MinHasher(LshBands.of(NEAR.threshold(), NEAR.recall()), NEAR.seed());
        Shingler shingler = Shingler.of(NEAR.shingle());
        Dataset<Row> both = spark.read().parquet(place("keys-" + engine())).join(documents.toDF(), "id");
        for (Row row : (Iterable<Row>) both.select("text", "keys")::toLocalIterator) {
            hasher.reset();
            shingler.shingle(row.getString(0).getBytes(StandardCharsets.UTF_8), hasher);
            long[] sql =
                    row.<Long>getList(1).stream().flatMapToLong(LongStream::of).toArray();
            mismatches += Arrays.equals(hasher.keys(), sql) ? 0 : 1;
            compared++;
        }
        result.put("documents", compared).put("mismatches", mismatches);
    }

    private void measure(long run) {
        Spilled spilled = new Spilled();
        spark.sparkContext().addSparkListener(spilled);
        result.put("engine", engine()).put("run", run);
        result.put("documents", documents().count());
        result.put(
                "text_bytes",
                documents().selectExpr("sum(octet_length(text))").first().getLong(0));
        Dataset<Document> documents = documents();
        stage("exact", () -> new ExactDedupStage(Exact.TRUE, NEAR.shingle(), Documents.BY_ID).apply(documents));
        stage(
                "signatures by SQL",
                () -> SqlSignatures.of(NEAR).keys(documents.filter("id < 20000").as(RecordEncoder.of(Document.class))));
        stage("signatures", () -> new SignatureStage(NEAR, Documents.BY_ID).apply(documents));
        stage("members", () -> CandidateStage.members(read("signatures", Signature.class)));
        stage("candidates", () -> CandidateStage.USUAL.apply(read("members", BucketMember.class)));
        stage("evidence", () -> new EvidenceStage().apply(read("exact", Removal.class), read("exact", Removal.class)));
        result.put("spilled_bytes", spilled.bytes);
    }

    private void stage(String name, Supplier<Dataset<?>> make) {
        long begin = System.nanoTime();
        Dataset<?> dataset = make.get();
        dataset.write().mode("overwrite").parquet(place(name + "-" + engine()));
        ObjectNode stage = result.withObjectProperty("stages").putObject(name);
        stage.put("seconds", (System.nanoTime() - begin) / 1e9);
        stage.put("rows", spark.read().parquet(place(name + "-" + engine())).count());
        coverage(dataset, stage);
    }

    /** Operators of the plan by engine. */
    private static void coverage(Dataset<?> dataset, ObjectNode into) {
        List<String> operators = OPERATOR.matcher(
                        dataset.queryExecution().executedPlan().toString())
                .results()
                .map(match -> match.group(1))
                .toList();
        long gpu = operators.stream().filter(name -> name.startsWith("Gpu")).count();
        into.put("operators_gpu", gpu).put("operators_cpu", operators.size() - gpu);
    }

    private Dataset<Document> documents() {
        return spark.read()
                .schema(RecordEncoder.of(Document.class).schema())
                .parquet(place("documents"))
                .as(RecordEncoder.of(Document.class));
    }

    private <T extends Record> Dataset<T> read(String name, Class<T> type) {
        return spark.read()
                .schema(RecordEncoder.of(type).schema())
                .parquet(place(name + "-" + engine()))
                .as(RecordEncoder.of(type));
    }

    private static final class Spilled extends SparkListener {
        private long bytes;

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            bytes += end.taskMetrics() == null ? 0 : end.taskMetrics().memoryBytesSpilled();
        }
    }
}
