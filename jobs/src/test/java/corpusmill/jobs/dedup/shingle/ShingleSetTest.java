package corpusmill.jobs.dedup.shingle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Beside the sets of the JDK: hashes that repeat, that share their lowest bits, and the one of a free slot. */
class ShingleSetTest {

    @Test
    void countsAndComparesAsTheSetsOfTheJdkDo() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("ShingleSetTest: replay with -Dtest.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Set<Long> one = new HashSet<>();
            Set<Long> other = new HashSet<>();
            ShingleSet ours = filled(random, one);
            ShingleSet theirs = filled(random, other);
            assertThat(ours.size()).isEqualTo(one.size());
            Set<Long> given = new HashSet<>();
            ours.forEach(hash -> assertThat(given.add(hash)).isTrue());
            assertThat(given).isEqualTo(one);
            Set<Long> shared = new HashSet<>(one);
            shared.retainAll(other);
            double expected = one.isEmpty() || other.isEmpty()
                    ? 0
                    : shared.size() / (double) (one.size() + other.size() - shared.size());
            assertThat(ours.jaccard(theirs)).isEqualTo(expected);
            assertThat(theirs.jaccard(ours)).isEqualTo(expected);
        }
    }

    private static ShingleSet filled(Random random, Set<Long> oracle) {
        ShingleSet set = new ShingleSet();
        int high = 1 + random.nextInt(60);
        for (int adds = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextInt(2_000); adds > 0; adds--) {
            long hash = (long) random.nextInt(2 * high) << 32 | random.nextInt(20);
            set.add(hash);
            oracle.add(hash);
        }
        return set;
    }
}
