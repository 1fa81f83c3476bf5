package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.DeduplicationConfig.KeepRule;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.testing.PlanLint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relational stages are columns; what leaves them is the kernels on text, and the decision by rank. */
class RelationalPlanTest {

    private static final Ranking RANKING = new Ranking(List.of(KeepRule.LONGEST, KeepRule.FIRST));

    @TempDir
    private Path folder = Path.of("");

    private <T extends Record> Dataset<T> table(Class<T> type) {
        String path = folder.resolve(type.getSimpleName()).toString();
        Documents.spark()
                .emptyDataset(RecordEncoder.of(type))
                .write()
                .mode("overwrite")
                .parquet(path);
        return Documents.spark()
                .read()
                .schema(RecordEncoder.of(type).schema())
                .parquet(path)
                .as(RecordEncoder.of(type));
    }

    private static ExactDedupStage exact(Exact exact) {
        return new ExactDedupStage(exact, NearConfig.DEFAULT.shingle(), RANKING);
    }

    @Test
    void plansExactDeduplicationInColumns() {
        assertThat(PlanLint.of(exact(Exact.TRUE).apply(table(Document.class)))).isEmpty();
    }

    @Test
    void plansCandidatesInColumns() {
        Dataset<BucketMember> members = table(BucketMember.class);
        Dataset<Removal> removed = table(Removal.class);
        assertThat(PlanLint.of(CandidateStage.members(SignatureStage.bands(table(DocumentKeys.class)))))
                .isEmpty();
        assertThat(PlanLint.of(CandidateStage.USUAL.apply(members))).isEmpty();
        assertThat(PlanLint.of(CandidateStage.USUAL.withHeads(members))).isEmpty();
        assertThat(PlanLint.of(CandidateStage.USUAL.among(members, removed))).isEmpty();
        assertThat(PlanLint.of(CandidateStage.USUAL.skipped(members, removed))).isEmpty();
    }

    @Test
    void plansEvidenceInColumns() {
        Dataset<Removal> removals = table(Removal.class);
        assertThat(PlanLint.of(new EvidenceStage().apply(removals, removals))).isEmpty();
    }

    @Test
    void leavesTheColumnsAtTheDeclaredKernelsAlone() {
        Dataset<Document> documents = table(Document.class);
        assertThat(PlanLint.of(exact(Exact.NORMALIZED).apply(documents))).containsExactly("ScalaUDF");
        assertThat(PlanLint.of(new SignatureStage(NearConfig.DEFAULT, RANKING, lit(false)).apply(documents)))
                .containsExactly("ScalaUDF");
        assertThat(PlanLint.of(new VerifyPairsStage(NearConfig.DEFAULT).apply(table(CandidatePair.class), documents)))
                .containsExactly("MapPartitions");
        assertThat(PlanLint.of(KeepStage.USUAL.apply(table(VerifiedPair.class), 0, "decided", Documents::materialised)))
                .containsExactly("MapPartitions");
    }

    @Test
    void findsWhatIsPlanted() {
        Dataset<Row> documents = table(Document.class).toDF();
        Dataset<Row> words = documents.select(col("id"), expr("split(text, ' ') as w"));
        assertThat(PlanLint.of(words.select(expr("transform(sequence(1, 9), j -> xxhash64(slice(w, j, 5)))"))))
                .contains("lambda capture");
        assertThat(PlanLint.of(words.select(expr("transform(w, x -> xxhash64(x, id))"))))
                .isEmpty();
        assertThat(PlanLint.of(words.select(expr("zip_with(w, w, (x, y) -> concat(x, y))"))))
                .contains("ZipWith");
        assertThat(PlanLint.of(words.select(expr("inline(array(struct(id, w)))"))))
                .contains("Inline");
        assertThat(PlanLint.of(documents.filter("text rlike '\\\\p{L}+'"))).contains("regex");
        MapFunction<Row, Long> typed = row -> row.getLong(0);
        assertThat(PlanLint.of(documents.map(typed, Encoders.LONG()))).contains("MapElements");
        Dataset<Row> cached = documents.select("id").cache();
        assertThat(PlanLint.of(cached.filter("id > 1"))).contains("InMemoryRelation");
        cached.unpersist();
    }

    @Test
    void findsSourcesCheckpointsAndShufflesThatArePlanted() throws Exception {
        Dataset<Row> documents = table(Document.class).toDF();
        String lines = Files.writeString(folder.resolve("lines.txt"), "a\n").toString();
        assertThat(PlanLint.of(Documents.spark().read().text(lines))).contains("TextFileFormat");
        assertThat(PlanLint.of(Documents.spark().read().format("binaryFile").load(lines)))
                .contains("BinaryFileFormat");
        assertThat(PlanLint.of(documents.localCheckpoint())).contains("LogicalRDD");
        assertThat(PlanLint.of(documents.repartition(4))).contains("repartition without keys");
        assertThat(PlanLint.of(documents.repartition(4, col("id")))).isEmpty();
        assertThat(PlanLint.of(documents.selectExpr("repeat(text, 2)"))).contains("StringRepeat");
        for (String regex : new String[] {"(?i)a", "(?<=a)b", "a(?=b)", "a(?!b)"}) {
            assertThat(PlanLint.of(documents.selectExpr("regexp_replace(text, '" + regex + "', '')")))
                    .as(regex)
                    .contains("regex");
        }
    }
}
