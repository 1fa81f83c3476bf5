package corpusmill.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.shard.WriteShardsStage.RowLayout;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardPlanTest {

    @Test
    void givesEveryRowAPlaceOfItsOwn() {
        ShardPlan plan = ShardPlan.of(Map.of("train", Map.of(0, 5L, 2, 8L), "validation", Map.of(1, 1L)), 3, 4, 1);
        BitSet places = new BitSet();
        for (int row = 0; row < 5; row++) {
            places.set((int) plan.place("train", 0, row));
        }
        for (int row = 0; row < 8; row++) {
            places.set((int) plan.place("train", 2, row));
        }
        assertThat(places.cardinality()).isEqualTo(13);
        assertThat(places.length()).isEqualTo(13);
        assertThat(plan.place("validation", 1, 0)).isZero();
        assertThat(plan.shards()).isEqualTo(5);
        assertThat(plan.number("train", 3)).isEqualTo(3);
        assertThat(plan.number("validation", 0)).isEqualTo(4);
        assertThat(plan.split("train").rowsOf(3)).isEqualTo(1);
    }

    @Test
    void knowsOnlySplitsThatWereCounted() {
        ShardPlan plan = ShardPlan.of(Map.of(), 0, 4, 1);
        assertThat(plan.shards()).isZero();
        assertThatThrownBy(() -> plan.place("train", 0, 0)).hasMessage("no row of split train was counted");
    }

    @Test
    void takesThePowerOfTwoOfRowsBelowTheTarget() {
        assertThat(RowLayout.of(4096, TokenType.UINT16, 256 << 20).rowsPerShard())
                .isEqualTo(32768);
        assertThat(RowLayout.of(1000, TokenType.INT32, 1 << 20).rowsPerShard()).isEqualTo(256);
        assertThat(RowLayout.of(4096, TokenType.INT32, 1).rowsPerShard()).isEqualTo(1);
    }
}
