package corpusmill.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TaskProgressTest {

    @Test
    void countsTheTasksOfAStepByItsName(SparkSession spark) throws Exception {
        List<String> told = new ArrayList<>();
        TaskProgress progress = new TaskProgress(new RunProgress() {
            @Override
            public void ended(StageAccount account) {}

            @Override
            public void tasks(String step, long done, long all) {
                assertThat(done).isBetween(1L, all);
                told.add(step);
            }
        });
        SparkContext context = spark.sparkContext();
        context.addSparkListener(progress);
        try {
            context.setJobGroup("corpusmill", "some step", false);
            assertThat(spark.range(0, 100, 1, 8).selectExpr("sum(id)").first().getLong(0))
                    .isEqualTo(4950);
            context.listenerBus().waitUntilEmpty();
        } finally {
            context.clearJobGroup();
            context.removeSparkListener(progress);
        }
        // The first task is always told of, others at most some times a second.
        assertThat(told).isNotEmpty().containsOnly("some step");
    }
}
