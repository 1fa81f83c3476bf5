package corpusmill.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {

    public record Inner(int number, String word) {}

    public record Everything(
            boolean flag,
            int small,
            long large,
            double real,
            @Nullable String text,
            byte[] bytes,
            int[] ints,
            long[] longs,
            Inner inner) {}

    public record Lists(List<String> words) {}

    public record Positive(int n) {
        public Positive {
            if (n < 0) {
                throw new IllegalArgumentException("n must be >= 0 but was " + n);
            }
        }
    }

    private static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("records")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .getOrCreate();
    }

    @Test
    void bringsEveryKindOfComponentBack() {
        Everything row = new Everything(
                true, 1, 2L, 0.1, null, new byte[] {1}, new int[] {2, 3}, new long[] {4}, new Inner(5, "six"));
        Everything back = spark().createDataset(List.of(row), RecordEncoder.of(Everything.class))
                .repartition(1)
                .collectAsList()
                .get(0);
        assertThat(back).usingRecursiveComparison().isEqualTo(row);
    }

    @Test
    void namesColumnsLikeComponents() {
        assertThat(RecordEncoder.of(Everything.class).schema().fieldNames())
                .containsExactly("flag", "small", "large", "real", "text", "bytes", "ints", "longs", "inner");
    }

    @Test
    void refusesAComponentNoColumnHolds() {
        assertThatThrownBy(() -> RecordEncoder.of(Lists.class))
                .hasMessage("Lists.words has the type java.util.List<java.lang.String>, which no column holds");
    }

    @Test
    void checksRowsByTheRecordsOwnRules() {
        assertThatThrownBy(() -> spark().range(1)
                        .selectExpr("cast(-1 as int) as n")
                        .as(RecordEncoder.of(Positive.class))
                        .collectAsList())
                .hasStackTraceContaining("n must be >= 0 but was -1");
    }
}
