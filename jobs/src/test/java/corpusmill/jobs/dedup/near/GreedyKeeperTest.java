package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.Removal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GreedyKeeperTest {

    /** Rank is the id. */
    private static VerifiedPair pair(long better, long worse) {
        return new VerifiedPair(better, worse, 0, 0, 0, 0, 0.9);
    }

    private static Map<Long, Long> decide(List<VerifiedPair> pairs) {
        List<VerifiedPair> ordered = new ArrayList<>(pairs);
        ordered.sort(Comparator.comparingLong(VerifiedPair::worse).thenComparingLong(VerifiedPair::better));
        Map<Long, Long> removed = new HashMap<>();
        new GreedyKeeper(ordered.iterator()).forEachRemaining(removal -> {
            assertThat(removal.kind()).isEqualTo(Removal.NEAR);
            assertThat(removed.put(removal.removed(), removal.kept())).isNull();
        });
        return removed;
    }

    @Test
    void keepsTheThirdOfAChainWhoseSecondIsRemoved() {
        assertThat(decide(List.of(pair(1, 2), pair(2, 3)))).isEqualTo(Map.of(2L, 1L));
    }

    @Test
    void keepsEveryOtherDocumentOfALongChain() {
        List<VerifiedPair> chain = new ArrayList<>();
        for (long id = 0; id < 199; id++) {
            chain.add(pair(id, id + 1));
        }
        assertThat(decide(chain)).hasSize(100).allSatisfy((removed, kept) -> {
            assertThat(removed % 2).isEqualTo(1);
            assertThat(kept).isEqualTo(removed - 1);
        });
    }

    @Test
    void keepsTheBestOfAStar() {
        List<VerifiedPair> star = new ArrayList<>();
        for (long id = 1; id < 1000; id++) {
            star.add(pair(0, id));
        }
        assertThat(decide(star))
                .hasSize(999)
                .allSatisfy((removed, kept) -> assertThat(kept).isZero());
    }

    @Test
    void equalsBruteForceOnRandomGraphs() {
        long seed = Long.getLong("test.seed", 5L);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int documents = 2 + random.nextInt(60);
            TreeSet<Long> edges = new TreeSet<>();
            for (int edge = random.nextInt(3 * documents); edge > 0; edge--) {
                long one = random.nextInt(documents);
                long other = random.nextInt(documents);
                if (one != other) {
                    edges.add(Math.min(one, other) * 1000 + Math.max(one, other));
                }
            }
            List<VerifiedPair> pairs =
                    edges.stream().map(edge -> pair(edge / 1000, edge % 1000)).toList();
            assertThat(decide(pairs))
                    .as("-Dtest.seed=%d round %d", seed, round)
                    .isEqualTo(bruteForce(documents, pairs));
        }
    }

    private static Map<Long, Long> bruteForce(int documents, List<VerifiedPair> pairs) {
        Map<Long, Long> removed = new HashMap<>();
        for (long id = 0; id < documents; id++) {
            long document = id;
            pairs.stream()
                    .filter(pair -> pair.worse() == document && !removed.containsKey(pair.better()))
                    .mapToLong(VerifiedPair::better)
                    .min()
                    .ifPresent(kept -> removed.put(document, kept));
        }
        return removed;
    }

    @Test
    void holdsManyIds() {
        LongSet set = new LongSet();
        for (long value = 0; value < 100_000; value++) {
            assertThat(set.add(value * 0x1_0000_0001L)).isTrue();
        }
        assertThat(set.add(0)).isFalse();
        assertThat(set.contains(0x1_0000_0001L)).isTrue();
        assertThat(set.contains(1)).isFalse();
        assertThat(set.contains(-1)).isFalse();
    }
}
