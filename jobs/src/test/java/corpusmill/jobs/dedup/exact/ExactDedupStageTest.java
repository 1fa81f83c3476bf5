package corpusmill.jobs.dedup.exact;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.DeduplicationConfig.Exact;
import corpusmill.jobs.config.DeduplicationConfig.KeepRule;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ExactDedupStageTest {

    private static List<Removal> removals(SparkSession spark, Exact exact, List<Document> documents) {
        return new ExactDedupStage(exact, NearConfig.DEFAULT.shingle(), new Ranking(List.of(KeepRule.FIRST)))
                .apply(spark.createDataset(documents, RecordEncoder.of(Document.class)))
                .collectAsList();
    }

    @Test
    void keepsOneOfFiveThousandCopiesAmongOthers(SparkSession spark) {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 6000; id++) {
            documents.add(new Document(id, 0, id % 6 == 5 ? "another " + id : "the page that all copy", null));
        }
        assertThat(removals(spark, Exact.TRUE, documents))
                .hasSize(4999)
                .allSatisfy(removal -> {
                    assertThat(removal.kept()).isZero();
                    assertThat(removal.removed() % 6).isLessThan(5);
                    assertThat(removal.similarity()).isEqualTo(1.0);
                })
                .extracting(Removal::removed)
                .doesNotHaveDuplicates();
    }

    @Test
    void seesThroughCaseAndPunctuationWhenNormalized(SparkSession spark) {
        List<Document> documents =
                List.of(new Document(3, 0, "Two words, no more.", null), new Document(4, 0, "two WORDS no more", null));
        assertThat(removals(spark, Exact.TRUE, documents)).isEmpty();
        assertThat(removals(spark, Exact.FALSE, documents)).isEmpty();
        assertThat(removals(spark, Exact.NORMALIZED, documents))
                .extracting(Removal::removed, Removal::kept)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(4L, 3L));
    }
}
