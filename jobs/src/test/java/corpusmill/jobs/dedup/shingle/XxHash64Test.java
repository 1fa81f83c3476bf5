package corpusmill.jobs.dedup.shingle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;

/** Independent verifier: Spark's own XXH64. */
class XxHash64Test {

    @Test
    void equalsSparkOnBytesOfEveryLength() {
        Random random = new Random(1);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length + 7];
            random.nextBytes(bytes);
            long seed = random.nextLong();
            assertThat(XxHash64.ofBytes(bytes, 3, 3 + length, seed))
                    .as("length %d", length)
                    .isEqualTo(XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET + 3, length, seed));
        }
    }

    @Test
    void equalsSparkOnLongs() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong();
            long seed = random.nextLong();
            assertThat(XxHash64.ofLong(value, seed)).isEqualTo(XXH64.hashLong(value, seed));
            assertThat(XxHash64.ofMixed(XxHash64.mix(value), seed)).isEqualTo(XXH64.hashLong(value, seed));
        }
    }
}
