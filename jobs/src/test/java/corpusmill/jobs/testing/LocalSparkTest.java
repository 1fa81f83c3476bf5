package corpusmill.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.net.URI;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class LocalSparkTest {

    private static Dataset<Row> numbers(SparkSession spark, Double... numbers) {
        return spark.createDataset(List.of(numbers), Encoders.DOUBLE()).toDF("number");
    }

    @Test
    void tellsDatasetsApart(SparkSession spark) {
        Dataset<Row> numbers = numbers(spark, 1.0, 2.0, 2.0);
        DatasetComparison.assertEqual(numbers, numbers(spark, 1.0, 2.0, 2.0));
        DatasetComparison.assertEqual(numbers, numbers(spark, 1.0, 2.0, 2.001), 0.01);
        DatasetComparison.assertSameRows(numbers, numbers(spark, 2.0, 1.0, 2.0));
        assertThatThrownBy(() -> DatasetComparison.assertEqual(numbers, numbers(spark, 2.0, 1.0, 2.0)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> DatasetComparison.assertSameRows(numbers, numbers(spark, 2.0, 1.0, 1.0)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void givesAStoreThatStorageReaches(S3Server s3) {
        s3.createBucket("first");
        URI uri = URI.create("s3://first/a%20b/c");
        Storage storage = Storages.open(uri, s3.settings());
        assertThat(storage.createIfAbsent(uri, new byte[] {7})).isTrue();
        assertThat(storage.createIfAbsent(uri, new byte[] {8})).isFalse();
        assertThat(storage.readAll(uri)).containsExactly(7);
    }

    @Test
    void startsAnotherSessionWhenOneWasStopped(SparkSession spark) {
        spark.stop();
        assertThat(spark.sparkContext().isStopped()).isTrue();
        // Whatever test comes next needs a session, and gets one.
    }
}
