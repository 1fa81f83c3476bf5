package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import corpusmill.formats.ConfigException;
import org.junit.jupiter.api.Test;

class LshBandsTest {

    @Test
    void choosesTheSharpestCurveWithinItsBudget() {
        assertThat(LshBands.of(0.8, 0.95)).isEqualTo(new LshBands(13, 7));
        assertThat(LshBands.of(0.7, 0.95)).isEqualTo(new LshBands(17, 5));
        assertThat(LshBands.of(1.0, 0.95).bands()).isEqualTo(1);
    }

    @Test
    void reachesTheRecallWhereverItGivesBands() {
        for (double threshold = 0.3; threshold <= 1; threshold += 0.05) {
            for (double recall : new double[] {0.5, 0.9, 0.95, 0.99}) {
                LshBands bands = LshBands.of(threshold, recall);
                assertThat(bands.probability(threshold)).isGreaterThanOrEqualTo(recall);
                assertThat(bands.minima()).isLessThanOrEqualTo(LshBands.MAX_MINIMA);
            }
        }
    }

    @Test
    void knowsItsCurve() {
        assertThat(new LshBands(2, 3).probability(0.5)).isCloseTo(1 - Math.pow(1 - 0.125, 2), within(1e-15));
    }

    @Test
    void refusesWhatNoCurveReaches() {
        assertThatThrownBy(() -> LshBands.of(0.001, 0.99))
                .isInstanceOf(ConfigException.class)
                .hasMessage("deduplication.near: threshold 0.001 with recall 0.99 needs more than 256 minima;"
                        + " raise the threshold or lower the recall");
    }
}
