package corpusmill.jobs.dedup.recall;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.shingle.ReferenceShingles;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pairs of a sample, against brute force over sets of strings. */
@ExtendWith(LocalSpark.class)
class RecallStageTest {

    private static final NearConfig NEAR =
            new NearConfig(true, new NearConfig.Shingle(NearConfig.Shingle.Unit.WORDS, 5), 0.7, 0.95, 1);

    private static final long SEED = Long.getLong("test.seed", System.nanoTime());

    /** Texts of 40 words, most of them another one with some words changed. */
    private static List<String> texts(int count) {
        System.out.println("RecallStageTest: replay with -Dtest.seed=" + SEED);
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] words = i % 4 == 0
                    ? random.ints(40, 0, 10_000).mapToObj(Integer::toString).toArray(String[]::new)
                    : texts.get(random.nextInt(i)).split(" ");
            for (int change = random.nextInt(3); change > 0; change--) {
                words[random.nextInt(words.length)] = "changed" + random.nextInt();
            }
            texts.add(String.join(" ", words));
        }
        texts.add("");
        texts.add("one two");
        texts.add("one two");
        return texts;
    }

    private static Dataset<Document> documents(SparkSession spark, List<String> texts) {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < texts.size(); id++) {
            documents.add(new Document(id, 0, texts.get(id), null));
        }
        return spark.createDataset(documents, RecordEncoder.of(Document.class));
    }

    private static Set<String> pairs(List<String> texts) {
        Set<String> pairs = new TreeSet<>();
        for (int a = 0; a < texts.size(); a++) {
            for (int b = a + 1; b < texts.size(); b++) {
                double similarity = ReferenceShingles.jaccard(
                        ReferenceShingles.words(texts.get(a), 5), ReferenceShingles.words(texts.get(b), 5));
                if (similarity >= NEAR.threshold()) {
                    pairs.add(a + " " + b + " " + similarity);
                }
            }
        }
        return pairs;
    }

    private static Set<String> found(RecallStage stage, Dataset<Document> documents, long count) {
        Set<String> found = new TreeSet<>();
        Dataset<Row> drawn = documents.filter(stage.isDrawn(count)).select("id", "text");
        for (SimilarPair pair :
                stage.apply(drawn, stage.sample(drawn, count), count).collectAsList()) {
            long less = Math.min(pair.first(), pair.second());
            assertThat(found.add(less + " " + Math.max(pair.first(), pair.second()) + " " + pair.similarity()))
                    .isTrue();
        }
        return found;
    }

    @Test
    void findsEveryPairOnceWhenTheSampleIsEverything(SparkSession spark) {
        List<String> texts = texts(200);
        Set<String> expected = pairs(texts);
        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(found(new RecallStage(NEAR, 1000, 1000), documents(spark, texts), texts.size()))
                .isEqualTo(expected);
    }

    @Test
    void findsAllPairsOfTheSampleWithAllOthersTheSameForAnyPartitioning(SparkSession spark) {
        List<String> texts = texts(200);
        RecallStage stage = new RecallStage(NEAR, 20, 1000);
        Set<String> sample = documents(spark, texts)
                .filter(pmod(xxhash64(lit(1L), col("id")), lit(texts.size())).lt(20))
                .collectAsList()
                .stream()
                .map(document -> Long.toString(document.id()))
                .collect(Collectors.toSet());
        Set<String> found = found(stage, documents(spark, texts), texts.size());
        Set<String> expected = pairs(texts);
        expected.removeIf(pair -> Stream.of(pair.split(" ", 3)).limit(2).noneMatch(sample::contains));
        assertThat(found).isEqualTo(expected).isNotEmpty();
        assertThat(found(stage, documents(spark, texts).repartition(7), texts.size()))
                .isEqualTo(found);
    }

    @Test
    void comparesNoMoreThanItsBound(SparkSession spark) {
        List<String> texts = texts(200);
        Set<String> some = found(new RecallStage(NEAR, 1000, 50), documents(spark, texts), texts.size());
        assertThat(pairs(texts)).containsAll(some).hasSizeGreaterThan(some.size());
    }

    @Test
    void drawsNoLongText(SparkSession spark) {
        String text = "word ".repeat(RecallStage.LONGEST / 5 + 1);
        assertThat(found(new RecallStage(NEAR, 10, 10), documents(spark, List.of(text, text + "end")), 2))
                .isEmpty();
    }
}
