package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The relational stages on whatever engine this JVM has: a CPU, or a GPU when {@code spark.plugins} names the RAPIDS
 * Accelerator. The kit in {@code jobs/kit} runs it with both.
 *
 * <pre>
 * GpuBenchmark generate FOLDER DOCUMENTS    texts with planted duplicates, as Parquet
 * GpuBenchmark parity FOLDER DOCUMENTS      keys by SQL and by the stage on this engine against the Java kernel
 * GpuBenchmark measure FOLDER RUN           seconds of each stage
 * </pre>
 *
 * Each writes one JSON object to the folder.
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
            case "parity" -> benchmark.parity(Math.toIntExact(number));
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

    /** What this engine gives, by SQL and by the stage itself, against the kernel in this JVM. */
    private void parity(int some) {
        List<String> texts = ParityTexts.all(17, some);
        spark.createDataset(Documents.list(texts), RecordEncoder.of(Document.class))
                .write()
                .mode("overwrite")
                .parquet(place("texts"));
        Dataset<Document> documents = read(place("texts"), Document.class);
        Dataset<Row> defined = SqlSignatures.of(NEAR).keys(documents);
        write(defined, "keys-" + engine(), result.putObject("sql"));
        Dataset<DocumentKeys> staged = new SignatureStage(NEAR, Documents.BY_ID, lit(false)).apply(documents);
        write(staged, "signatures-" + engine(), result.putObject("stage"));
        Map<Long, long[]> sql = new HashMap<>();
        for (Row row : spark.read().parquet(place("keys-" + engine())).collectAsList()) {
            sql.put(
                    row.getAs("id"),
                    row.<Long>getList(row.fieldIndex("keys")).stream()
                            .mapToLong(Long::longValue)
                            .toArray());
        }
        Map<Long, long[]> stage = new HashMap<>();
        for (DocumentKeys each :
                read(place("signatures-" + engine()), DocumentKeys.class).collectAsList()) {
            stage.put(each.id(), each.keys());
        }
        long bySql = mismatches(texts, sql);
        long byStage = mismatches(texts, stage);
        result.put("documents", texts.size())
                .put("sql_mismatches", bySql)
                .put("stage_mismatches", byStage)
                .put("mismatches", bySql + byStage);
    }

    private static long mismatches(List<String> texts, Map<Long, long[]> given) {
        BandKeys kernel = new BandKeys(NEAR);
        return IntStream.range(0, texts.size())
                .filter(id -> !Arrays.equals(
                        kernel.call(texts.get(id).getBytes(StandardCharsets.UTF_8)),
                        given.getOrDefault((long) id, new long[0])))
                .count();
    }

    private void measure(long run) {
        Figures figures = new Figures();
        spark.sparkContext().addSparkListener(figures);
        Dataset<Document> documents = read(place("documents"), Document.class);
        Row size = documents.selectExpr("count(*)", "sum(octet_length(text))").first();
        result.put("engine", engine()).put("run", run);
        result.put("documents", size.getLong(0)).put("text_bytes", size.getLong(1));
        stage("exact", () -> new ExactDedupStage(Exact.TRUE, NEAR.shingle(), Documents.BY_ID).apply(documents));
        stage("signatures", () -> new SignatureStage(NEAR, Documents.BY_ID, lit(false)).apply(documents));
        stage("members", () -> CandidateStage.members(SignatureStage.bands(made("signatures", DocumentKeys.class))));
        stage("candidates", () -> CandidateStage.USUAL.apply(made("members", BucketMember.class)));
        stage("pairs", () -> new VerifyPairsStage(NEAR).apply(made("candidates", CandidatePair.class), documents));
        stage("removed", () -> {
            Dataset<VerifiedPair> pairs = made("pairs", VerifiedPair.class);
            return KeepStage.USUAL.apply(pairs, pairs.count(), "decided", Documents::materialised);
        });
        stage(
                "evidence",
                () -> new EvidenceStage().apply(made("exact", Removal.class), made("removed", Removal.class)));
        double seconds = 0;
        for (JsonNode stage : result.get("stages")) {
            seconds += stage.get("seconds").asDouble();
        }
        rates(result, seconds);
        // A part of the documents: on a CPU this form takes many times as long.
        stage(
                "signatures by SQL",
                () -> SqlSignatures.of(NEAR).keys(documents.filter("id < 20000").as(RecordEncoder.of(Document.class))));
        spark.sparkContext().removeSparkListener(figures);
        result.put("spilled_bytes", figures.spilled);
        figures.gpu.forEach(result.withObjectProperty("gpu_metrics")::put);
    }

    private void stage(String name, Supplier<Dataset<?>> make) {
        ObjectNode stage = result.withObjectProperty("stages").putObject(name);
        long begin = System.nanoTime();
        write(make.get(), name + "-" + engine(), stage);
        double seconds = (System.nanoTime() - begin) / 1e9;
        stage.put("rows", spark.read().parquet(place(name + "-" + engine())).count());
        rates(stage, seconds);
    }

    /** By the documents of the whole corpus. */
    private void rates(ObjectNode into, double seconds) {
        into.put("seconds", seconds)
                .put("documents_per_second", result.get("documents").asLong() / seconds)
                .put("gigabytes_per_second", result.get("text_bytes").asLong() / seconds / 1e9);
    }

    private void write(Dataset<?> dataset, String name, ObjectNode into) {
        dataset.write().mode("overwrite").parquet(place(name));
        coverage(dataset, into);
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

    private <T extends Record> Dataset<T> made(String stage, Class<T> type) {
        return read(place(stage + "-" + engine()), type);
    }

    private <T extends Record> Dataset<T> read(String path, Class<T> type) {
        return spark.read()
                .schema(RecordEncoder.of(type).schema())
                .parquet(path)
                .as(RecordEncoder.of(type));
    }

    /** What tasks report: bytes spilled by Spark, and all that the plugin counts, such as waits, retries and spills. */
    private static final class Figures extends SparkListener {
        private long spilled;
        private final SortedMap<String, Long> gpu = new TreeMap<>();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            spilled += end.taskMetrics() == null ? 0 : end.taskMetrics().memoryBytesSpilled();
        }

        @Override
        public void onStageCompleted(SparkListenerStageCompleted completed) {
            CollectionConverters.asJava(completed.stageInfo().accumulables())
                    .values()
                    .forEach(each -> {
                        String name = each.name().getOrElse(() -> "");
                        if (name.startsWith("gpu")
                                && each.value().isDefined()
                                && each.value().get() instanceof Long value) {
                            gpu.merge(name, value, Long::sum);
                        }
                    });
        }
    }
}
