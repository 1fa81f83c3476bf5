package corpusmill.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.DeduplicationConfig.KeepRule;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.near.SqlSignatures;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.testing.GpuExplanation;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.PlanLint;
import corpusmill.jobs.testing.PlanRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The RAPIDS Accelerator itself says where every plan of a whole run would run, writes and reads included, under the
 * settings of {@code jobs/conf/rapids.conf}. It needs no GPU for that.
 */
@Tag("rapids")
@ExtendWith(LocalSpark.class)
class GpuPlanTest {

    private static final Path PAGE = Path.of("jobs/conf/rapids/README.md");
    private static final String BEGIN = "<!-- verdicts: written by GpuPlanTest -->\n";
    private static final String END = "<!-- end of verdicts -->\n";

    @TempDir
    private static Path folder = Path.of("");

    /** What no step may hold, declared or not. */
    private static final Set<String> FORBIDDEN = Set.of(
            "lambda capture",
            "regex",
            "Inline",
            "ZipWith",
            "StringRepeat",
            "InMemoryRelation",
            "LogicalRDD",
            "TextFileFormat",
            "BinaryFileFormat",
            "repartition without keys",
            "gzip",
            "lz4",
            "lz4_raw",
            "brotli");

    private static final PlanRecorder RECORDER = new PlanRecorder();
    private static final List<GpuVerdict> VERDICTS = new ArrayList<>();

    /** Of the run alone, without what tests plant. */
    private static final List<QueryExecution> PLANS = new ArrayList<>();

    @BeforeAll
    static void runOnce(SparkSession spark) throws Exception {
        settings().forEach(setting -> spark.conf().set(setting[0], setting[1]));
        spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1"); // plans as of a large corpus
        spark.sparkContext().addSparkListener(RECORDER);
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 7);
        Path job = corpus.jobFile(folder.resolve("job.yaml"), folder + "/out");
        Invocation run = Invocation.of(
                "prepare",
                "--config",
                job.toString(),
                "--set", // as of a large corpus, too
                "spark.sql.adaptive.enabled=true",
                "--set",
                "spark.sql.shuffle.partitions=4");
        assertThat(run.err()).isEmpty();
        spark.sparkContext().listenerBus().waitUntilEmpty();
        RECORDER.plans().values().forEach(PLANS::addAll);
        RECORDER.plans().forEach((step, plans) -> VERDICTS.add(new GpuVerdict(step, GpuExplanation.of(plans))));
        Dataset<Document> documents = documents(spark);
        NearConfig near = new NearConfig(true, new NearConfig.Shingle(NearConfig.Shingle.Unit.WORDS, 5), 0.8, 0.95, 1);
        ExactDedupStage normalized =
                new ExactDedupStage(Exact.NORMALIZED, near.shingle(), new Ranking(List.of(KeepRule.FIRST)));
        add("exact: identical texts, normalized", normalized.apply(documents));
        add("near: signatures, by SQL alone", SqlSignatures.of(near).keys(documents));
    }

    private static void add(String step, Dataset<?> dataset) {
        VERDICTS.add(new GpuVerdict(step, GpuExplanation.of(dataset)));
    }

    /** Settings of the session among those of the file for users. */
    private static Stream<String[]> settings() {
        return Repository.read(Path.of("jobs/conf/rapids.conf"))
                .lines()
                .filter(line -> line.matches("spark\\.(rapids\\.)?sql\\..*"))
                .map(line -> line.split("\\s+", 2));
    }

    private static Dataset<Document> documents(SparkSession spark) {
        String path = folder.resolve("documents").toString();
        spark.emptyDataset(RecordEncoder.of(Document.class))
                .write()
                .mode("overwrite")
                .parquet(path);
        return spark.read()
                .schema(RecordEncoder.of(Document.class).schema())
                .parquet(path)
                .as(RecordEncoder.of(Document.class));
    }

    @Test
    void leavesTheColumnsWhereItIsDeclaredAndNowhereElse() {
        assertThat(VERDICTS).hasSizeGreaterThan(14);
        assertThat(VERDICTS).allSatisfy(verdict -> {
            assertThat(verdict.undeclared())
                    .as("undeclared in " + verdict.step())
                    .isEmpty();
            assertThat(verdict.leaves())
                    .as("declared for " + verdict.step())
                    .isEqualTo(GpuVerdict.DECLARED.containsKey(verdict.step()));
        });
        assertThat(VERDICTS.stream().map(GpuVerdict::step)).containsAll(GpuVerdict.DECLARED.keySet());
    }

    @Test
    void capturesNoColumnInALambdaAndHoldsNothingForbidden() {
        assertThat(PLANS)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        plan -> assertThat(PlanLint.of(plan.optimizedPlan())).doesNotContainAnyElementsOf(FORBIDDEN));
    }

    @Test
    void standsInTheDocumentation(SparkSession spark) throws IOException {
        assumeTrue(spark.version().startsWith("4.2."), "the table is of Spark 4.2");
        String table = VERDICTS.stream()
                .map(GpuVerdict::row)
                .sorted()
                .collect(Collectors.joining(
                        "\n", "| step | on the GPU | on the CPU | why |\n|---|---|---|---|\n", "\n"));
        Path generated = Repository.root().resolve("jobs/target/gpu-verdicts.md");
        Files.writeString(generated, table);
        String page = Repository.read(PAGE);
        assertThat(page).contains(BEGIN, END);
        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("%s; put what stands in jobs/target/gpu-verdicts.md there if it is as it should be", PAGE)
                .isEqualTo(table);
    }

    @Test
    void findsWhatIsPlanted(SparkSession spark) throws IOException {
        Dataset<Document> documents = documents(spark);
        assertThat(cpu(documents.filter("text rlike '\\\\p{L}+'"))).contains("RLike", "Filter");
        assertThat(cpu(documents.selectExpr("zip_with(array(id), array(id), (x, y) -> x + y) as z")))
                .contains("ZipWith", "Project");
        assertThat(cpu(documents.selectExpr("inline(array(struct(id, text)))"))).contains("Generate");
        MapFunction<Document, Long> typed = Document::id;
        assertThat(cpu(documents.map(typed, Encoders.LONG()))).contains("MapElements", "SerializeFromObject");
        Dataset<Document> cached = documents.cache();
        assertThat(cpu(cached.filter("id > 1"))).contains("InMemoryTableScan");
        cached.unpersist();
        Path text = Files.writeString(folder.resolve("lines.txt"), "a\n");
        assertThat(cpu(spark.read().text(text.toString()))).contains("FileSourceScan");
        assertThat(cpu(spark.read().format("binaryFile").load(text.toString()))).contains("FileSourceScan");
        assertThat(cpu(documents.localCheckpoint())).contains("RDDScan");
        UDF1<Long, Long> function = id -> id + 1;
        assertThat(cpu(documents.select(udf(function, DataTypes.LongType).apply(col("id")))))
                .contains("ScalaUDF", "Project");
        assertThat(new GpuVerdict("near: members", GpuExplanation.of(documents.map(typed, Encoders.LONG())))
                        .undeclared())
                .contains("MapElements");
    }

    @Test
    void findsAWriteThatLeavesTheGpu(SparkSession spark) throws Exception {
        PlanRecorder recorder = new PlanRecorder();
        spark.sparkContext().addSparkListener(recorder);
        try {
            spark.sparkContext().setJobGroup("planted", "planted", false);
            documents(spark)
                    .write()
                    .option("compression", "gzip")
                    .parquet(folder.resolve("gzip").toString());
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            spark.sparkContext().removeSparkListener(recorder);
        }
        List<QueryExecution> writes = recorder.plans().getOrDefault("planted", List.of());
        assertThat(GpuExplanation.of(writes).cpu()).contains("DataWritingCommand");
        assertThat(writes)
                .anySatisfy(
                        write -> assertThat(PlanLint.of(write.optimizedPlan())).contains("gzip"));
    }

    private static Set<String> cpu(Dataset<?> dataset) {
        return GpuExplanation.of(dataset).cpu();
    }
}
