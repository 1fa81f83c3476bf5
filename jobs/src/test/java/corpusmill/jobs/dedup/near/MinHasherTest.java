package corpusmill.jobs.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import corpusmill.jobs.dedup.shingle.XxHash64;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

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
    void foldsEveryBandWithItsNumber() {
        LshBands bands = new LshBands(2, 2);
        MinHasher hasher = new MinHasher(bands, 1);
        LongStream.range(0, 300).forEach(hasher::shingle);
        long[] minima = hasher.signature();
        long expected = XxHash64.ofLong(minima[3], XxHash64.ofLong(minima[2], XxHash64.ofLong(1, XxHash64.SEED)));
        assertThat(hasher.keys()).hasSize(2).endsWith(expected);
    }

    @Test
    void estimatesTheSimilarity() {
        LshBands bands = new LshBands(1, 256);
        for (double similarity : new double[] {0.2, 0.5, 0.8, 0.95}) {
            long shared = Math.round(2000 * 2 * similarity / (1 + similarity));
            long[] one = signature(bands, LongStream.range(0, 2000));
            long[] other = signature(bands, LongStream.range(2000 - shared, 4000 - shared));
            long equal = LongStream.range(0, 256)
                    .filter(k -> one[(int) k] == other[(int) k])
                    .count();
            double sigma = Math.sqrt(similarity * (1 - similarity) / 256);
            assertThat(equal / 256.0).isCloseTo(similarity, within(5 * sigma));
        }
    }

    @Test
    void findsPairsAsOftenAsTheCurveSays() {
        LshBands bands = new LshBands(13, 7);
        long seed = Long.getLong("test.seed", 11L);
        Random random = new Random(seed);
        for (double similarity : new double[] {0.6, 0.8}) {
            int pairs = 600;
            int found = 0;
            for (int pair = 0; pair < pairs; pair++) {
                found += meet(bands, random, similarity) ? 1 : 0;
            }
            double expected = bands.probability(similarity);
            assertThat(found / (double) pairs)
                    .as("-Dtest.seed=%d similarity %s", seed, similarity)
                    .isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected) / pairs) + 0.01));
        }
    }

    private static boolean meet(LshBands bands, Random random, double similarity) {
        int size = 200;
        long shared = Math.round(size * 2 * similarity / (1 + similarity));
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
