package corpusmill.jobs.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.testing.LocalSpark;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TaskKeysTest {

    @Test
    void sendEachShardToATaskOfItsOwn(SparkSession spark) {
        TaskKeys keys = WriteShardsStage.keys(97);
        List<Integer> all = IntStream.range(0, 97).mapToObj(keys::of).toList();
        assertThat(spark.createDataset(all, Encoders.INT())
                        .repartition(keys.partitions(), col("value"))
                        .select(spark_partition_id())
                        .as(Encoders.INT())
                        .collectAsList())
                .hasSize(97)
                .doesNotHaveDuplicates();
    }

    @Test
    void takeTurnsWhenThereAreMoreShardsThanTasks() {
        TaskKeys keys = WriteShardsStage.keys(1_000_000);
        assertThat(keys.partitions()).isEqualTo(20_000);
        assertThat(keys.of(20_003)).isEqualTo(keys.of(3)).isNotEqualTo(keys.of(4));
    }
}
