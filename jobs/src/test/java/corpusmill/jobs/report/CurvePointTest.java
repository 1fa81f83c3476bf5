package corpusmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import corpusmill.jobs.dedup.near.LshBands;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvePointTest {

    /** Pairs whose bands are drawn, and of which only those are seen that share one. */
    @Test
    void findsTheProbabilityFromThePairsThatWereFoundAlone() {
        long seed = 5;
        LshBands bands = LshBands.of(0.8, 0.95);
        for (double similarity : new double[] {0.5, 0.7, 0.8, 0.9}) {
            double agree = Math.pow(similarity, bands.rows());
            Random random = new Random(seed);
            long found = 0;
            long shared = 0;
            for (int pair = 0; pair < 100_000; pair++) {
                long of = random.doubles(bands.bands())
                        .filter(draw -> draw < agree)
                        .count();
                found += of > 0 ? 1 : 0;
                shared += of;
            }
            assertThat(new CurvePoint(similarity, found, shared).probability(bands.bands()))
                    .as("similarity %s, seed %d", similarity, seed)
                    .isCloseTo(bands.probability(similarity), within(0.02));
        }
    }

    @Test
    void staysWithinWhatAProbabilityMayBe() {
        assertThat(new CurvePoint(0.8, 10, 10).probability(13)).isZero();
        assertThat(new CurvePoint(1, 10, 130).probability(13)).isEqualTo(1);
    }
}
