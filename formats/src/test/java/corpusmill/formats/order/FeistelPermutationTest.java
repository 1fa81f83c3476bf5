package corpusmill.formats.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.formats.Vectors;
import java.io.IOException;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FeistelPermutationTest {

    @Test
    void agreesWithTheVectorsOfAnIndependentProgram() throws IOException {
        JsonNode vectors = Vectors.json("feistel.json");
        for (JsonNode whole : vectors.get("whole")) {
            FeistelPermutation permutation = permutation(whole);
            for (int index = 0; index < permutation.size(); index++) {
                assertThat(permutation.apply(index))
                        .isEqualTo(whole.get("result").get(index).asLong());
            }
        }
        for (JsonNode point : vectors.get("points")) {
            assertThat(permutation(point).apply(point.get("index").asLong()))
                    .as(point.toString())
                    .isEqualTo(point.get("result").asLong());
        }
    }

    private static FeistelPermutation permutation(JsonNode vector) {
        return new FeistelPermutation(
                vector.get("size").asLong(),
                vector.get("seed").asLong(),
                vector.get("epoch").asLong());
    }

    @Property(tries = 200)
    void isABijection(
            @ForAll @IntRange(min = 1, max = 5000) int size,
            @ForAll long seed,
            @ForAll @LongRange(min = 0, max = 1L << 40) long epoch) {
        FeistelPermutation permutation = new FeistelPermutation(size, seed, epoch);
        BitSet seen = new BitSet(size);
        for (int index = 0; index < size; index++) {
            seen.set((int) permutation.apply(index));
        }
        assertThat(seen.cardinality()).isEqualTo(size);
        assertThat(seen.length()).isEqualTo(size);
    }

    @Property(tries = 500)
    void staysInRangeWhateverTheSize(
            @ForAll @LongRange(min = 1, max = 1L << 62) long size, @ForAll long seed, @ForAll long any) {
        assertThat(new FeistelPermutation(size, seed, 0).apply(Long.remainderUnsigned(any, size)))
                .isBetween(0L, size - 1);
    }

    @Test
    void putsNeighboursIntoOneShardNoMoreOftenThanChance() {
        int size = 1 << 18;
        int perShard = 1 << 10;
        FeistelPermutation permutation = new FeistelPermutation(size, 1, 0);
        int same = 0;
        for (int index = 1; index < size; index++) {
            if (permutation.apply(index) / perShard == permutation.apply(index - 1) / perShard) {
                same++;
            }
        }
        // 1,024 expected of 262,143; the standard deviation is 32.
        assertThat(same).isCloseTo(1024, within(160));
    }

    @Test
    void saysWhichArgumentCannotBe() {
        assertThatThrownBy(() -> new FeistelPermutation(0, 1, 0)).hasMessage("size must be in [1, 2^62] but was 0");
        assertThatThrownBy(() -> new FeistelPermutation((1L << 62) + 1, 1, 0)).hasMessageContaining("but was 46116");
        assertThatThrownBy(() -> new FeistelPermutation(1, 1, -1)).hasMessage("epoch must be at least 0 but was -1");
        assertThatThrownBy(() -> new FeistelPermutation(5, 1, 0).apply(5))
                .hasMessage("index must be in [0, 5) but was 5");
        assertThatThrownBy(() -> new FeistelPermutation(5, 1, 0).apply(-1)).hasMessageContaining("but was -1");
    }
}
