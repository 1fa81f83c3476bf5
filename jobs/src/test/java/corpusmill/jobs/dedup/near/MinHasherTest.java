package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import corpusmill.jobs.dedup.shingle.XxHash64;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinHasherTest {

    private static long[] signature(LshBands bands, LongStream shingles) {
        MinHasher hasher = new MinHasher(bands, 1);
        shingles.forEach(hasher::shingle);
        return hasher.signature();
    }

    @Test
    void isTheMinimumOfEveryPermutation() {
        LshBands bands = new LshBands(3, 4);
        long[] shingles = new Random(3).longs(1000).toArray();
        long[] signature = signature(bands, LongStream.of(shingles));
        for (int k = 0; k < bands.minima(); k++) {
            long seed = XxHash64.ofLong(k, XxHash64.ofLong(1, XxHash64.SEED));
            long expected = LongStream.of(shingles)
                    .map(shingle -> XxHash64.ofLong(shingle, seed))
                    .min()
                    .orElseThrow();
            assertThat(signature[k]).isEqualTo(expected);
        }
    }

    @Test
    void isTheSameInBothForms() {
        LshBands bands = new LshBands(13, 7);
        MinHasher one = new MinHasher(bands, 1);
        MinHasher other = new MinHasher(bands, 1);
        new Random(9).longs(200).forEach(shingle -> {
            one.shingle(shingle);
            other.shingle(shingle);
        });
        one.byPermutation();
        other.byShingle();
        assertThat(one.signature()).isEqualTo(other.signature()).doesNotContain(Long.MAX_VALUE);
    }

    @Test
    void foldsEveryBandWithItsNumber() {
        LshBands bands = new LshBands(2, 2);
        MinHasher hasher = new MinHasher(bands, 1);
        LongStream.range(0, 300).forEach(hasher::shingle);
        long[] minima = hasher.signature();
        long expected = XxHash64.ofLong(minima[3], XxHash64.ofLong(minima[2], XxHash64.ofLong(1, XxHash64.SEED)));
        assertThat(hasher.keys()).hasSize(2).endsWith(expected);
    }

    @Test
    void estimatesTheSimilarityWithTheErrorOfItsMinima() {
        LshBands bands = new LshBands(1, 256);
        int pairs = 200;
        for (double similarity : new double[] {0.2, 0.5, 0.8, 0.95}) {
            double sum = 0;
            double squares = 0;
            double exact = 0;
            for (int pair = 0; pair < pairs; pair++) {
                long size = 300;
                long shared = Math.round(size * 2 * similarity / (1 + similarity));
                long base = 1_000_000L * pair;
                long[] one = signature(bands, LongStream.range(base, base + size));
                long[] other = signature(bands, LongStream.range(base + size - shared, base + 2 * size - shared));
                long equal = LongStream.range(0, 256)
                        .filter(k -> one[(int) k] == other[(int) k])
                        .count();
                exact = shared / (2.0 * size - shared);
                sum += equal / 256.0 - exact;
                squares += Math.pow(equal / 256.0 - exact, 2);
            }
            double variance = exact * (1 - exact) / 256;
            assertThat(sum / pairs).as("bias at %s", similarity).isCloseTo(0, within(5 * Math.sqrt(variance / pairs)));
            // The variance of a binomial proportion; its own standard error is √(2 / pairs) of it.
            assertThat(squares / pairs / variance)
                    .as("variance at %s", similarity)
                    .isCloseTo(1, within(5 * Math.sqrt(2.0 / pairs)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.7, 0.95", "0.8, 0.95", "0.9, 0.99"})
    void findsPairsAsOftenAsTheCurveSays(double threshold, double recall) {
        LshBands bands = LshBands.of(threshold, recall);
        long seed = Long.getLong("test.seed", 11L);
        Random random = new Random(seed);
        int size = 150;
        int pairs = 400;
        for (int percent = 40; percent <= 95; percent += 5) {
            long shared = Math.round(size * 2 * percent / (100.0 + percent));
            int found = 0;
            for (int pair = 0; pair < pairs; pair++) {
                found += meet(bands, random, size, shared) ? 1 : 0;
            }
            double expected = bands.probability(shared / (2.0 * size - shared));
            assertThat(found)
                    .as("-Dtest.seed=%d %s at %d %%", seed, bands, percent)
                    .isBetween(bound(pairs, expected, 1e-6), bound(pairs, expected, 1 - 1e-6));
        }
    }

    /** Quantile of the binomial distribution: the least number of successes not exceeded with this probability. */
    private static int bound(int trials, double success, double probability) {
        if (success > 0.5) { // the failures: a sum from below would begin at less than the smallest double
            return trials - bound(trials, 1 - success, 1 - probability);
        }
        double term = Math.pow(1 - success, trials);
        double sum = term;
        int successes = 0;
        while (sum < probability && successes < trials) {
            term *= (trials - successes) / (successes + 1.0) * success / (1 - success);
            sum += term;
            successes++;
        }
        return successes;
    }

    private static boolean meet(LshBands bands, Random random, int size, long shared) {
        long base = random.nextLong();
        long[] one = keys(bands, LongStream.range(0, size).map(i -> base + i));
        long[] other =
                keys(bands, LongStream.range(size - shared, 2L * size - shared).map(i -> base + i));
        for (int band = 0; band < one.length; band++) {
            if (one[band] == other[band]) {
                return true;
            }
        }
        return false;
    }

    private static long[] keys(LshBands bands, LongStream shingles) {
        MinHasher hasher = new MinHasher(bands, 1);
        shingles.forEach(hasher::shingle);
        return hasher.keys();
    }

    @Test
    void givesNoKeyWithoutShinglesAndForgetsTheDocumentBefore() {
        MinHasher hasher = new MinHasher(new LshBands(4, 2), 1);
        assertThat(hasher.keys()).isEmpty();
        hasher.shingle(5);
        long[] keys = hasher.keys();
        hasher.reset();
        assertThat(hasher.keys()).isEmpty();
        hasher.shingle(5);
        assertThat(hasher.keys()).isEqualTo(keys);
    }
}
