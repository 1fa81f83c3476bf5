package corpusmill.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.report.RecallSample.Bin;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecallSamplingTest {

    @Test
    void joinsPairsOfAboutOneSimilarity() {
        // 13 bands of 7 minima: 1 - (1 - 0.8^7)^13 = 0.9531, at 0.84 0.9912 and at 1 surely.
        List<Bin> bins = RecallSampling.bins(
                Stream.of(new Bin(0.8, 30, 28, 0), new Bin(0.84, 10, 9, 0), new Bin(1.0, 5, 5, 0)), NearConfig.DEFAULT);
        assertThat(bins).extracting(Bin::pairs).containsExactly(40L, 5L);
        assertThat(bins).extracting(Bin::settled).containsExactly(37L, 5L);
        assertThat(bins.get(0).from()).isCloseTo(0.8, within(1e-9));
        assertThat(bins.get(1).from()).isCloseTo(1.0, within(1e-9));
        double low = 1 - Math.pow(1 - Math.pow(0.8, 7), 13);
        double high = 1 - Math.pow(1 - Math.pow(0.84, 7), 13);
        assertThat(bins.get(0).expected()).isCloseTo((30 * low + 10 * high) / 40, within(1e-9));
        assertThat(bins.get(1).expected()).isEqualTo(1.0);
    }
}
