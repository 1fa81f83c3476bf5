package corpusmill.formats.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.formats.Vectors;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitsTest {

    @Test
    void mixesAsTheVectorsSay() throws IOException {
        for (JsonNode vector : Vectors.json("feistel.json").get("mix64")) {
            long z = Long.parseUnsignedLong(vector.get("z").asText());
            assertThat(Long.toUnsignedString(Mixing.mix64(z)))
                    .isEqualTo(vector.get("result").asText());
        }
    }

    @Test
    void drawsTheLineWhereTheVectorsSay() throws IOException {
        for (JsonNode vector : Vectors.json("feistel.json").get("validation")) {
            double unit = vector.get("unit").asDouble();
            long id = vector.get("id").asLong();
            assertThat(Splits.of(id, Math.nextUp(unit))).isEqualTo("validation");
            assertThat(Splits.of(id, unit)).isEqualTo("train");
        }
    }

    @Test
    void sendsTheShareToValidation() {
        long validation = LongStream.range(0, 1_000_000)
                .filter(id -> Splits.isValidation(id << 10, 0.05))
                .count();
        assertThat(validation).isCloseTo(50_000, within(1_200L));
        assertThat(LongStream.range(0, 10_000).anyMatch(id -> Splits.isValidation(id, 0.0)))
                .isFalse();
    }
}
