package corpusmill.jobs.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.config.NearConfig.Shingle;
import corpusmill.jobs.dedup.device.FakeDevice;
import corpusmill.jobs.dedup.device.HeapTexts;
import corpusmill.jobs.dedup.device.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The columnar form gives the keys of the kernel, in bounded memory, and leaves nothing behind. */
class DeviceMinHashTest {

    private static final BandKeys KEYS = new BandKeys(Documents.words(0.8));

    @ParameterizedTest
    @EnumSource(Shingle.Unit.class)
    void givesTheKeysOfTheKernel(Shingle.Unit unit) {
        BandKeys keys = new BandKeys(new NearConfig(true, new Shingle(unit, 5), 0.8, 0.95, 7));
        List<String> some = new ArrayList<>(ParityTexts.EDGES);
        some.addAll(ParityTexts.some(new Random(17), 500, 40));
        some.add(ParityTexts.large(new Random(18), 1 << 16));
        Texts texts = texts(some);
        FakeDevice device = new FakeDevice();
        assertGives(keys, texts, new DeviceMinHash<>(keys, device).keys(texts));
        assertThat(device.open()).isEqualTo(1);
        assertGives(keys, texts, new DeviceMinHash<>(keys, device, 4096, 50).keys(texts));
        assertThat(device.open()).isEqualTo(2);
    }

    @Test
    void hasNoKeysForTextsWithoutShinglesAndForNulls() {
        List<byte[]> two = new ArrayList<>(List.of(new byte[0]));
        two.add(null);
        for (Texts texts : List.of(new HeapTexts(List.of()), new HeapTexts(two))) {
            FakeDevice.Column keys = new DeviceMinHash<>(KEYS, new FakeDevice()).keys(texts);
            assertThat(keys.lists()).isEqualTo(texts.count());
            assertThat(keys.values()).isEmpty();
        }
        assertThat(KEYS.call(null)).isEmpty();
    }

    @Test
    void cutsBatchesByBytesAndByTexts() {
        FakeDevice bytes = new FakeDevice();
        Texts texts = texts(ParityTexts.some(new Random(5), 400, 40));
        new DeviceMinHash<>(new BandKeys(NearConfig.DEFAULT), bytes, 2000, 400).keys(texts);
        assertThat(bytes.largestUpload()).isBetween(100L, 2000L);
        FakeDevice single = new FakeDevice();
        new DeviceMinHash<>(KEYS, single, 1 << 20, 1).keys(texts(List.of("a b c", "d e f", "")));
        int batch = 2 + 2 * KEYS.bands().minima() + KEYS.bands().bands() + 3;
        assertThat(single.operations()).isEqualTo(2 * batch + 3 + 1);
    }

    @Test
    void leavesALargerTextThanABatchToTheKernel() {
        FakeDevice device = new FakeDevice();
        Texts texts = texts(List.of("a b c", "x ".repeat(200), "d e f"));
        assertGives(KEYS, texts, new DeviceMinHash<>(KEYS, device, 300, 10).keys(texts));
        assertThat(device.largestUpload()).isLessThanOrEqualTo(KEYS.bands().bands());
    }

    @Test
    void holdsNoMoreThanItSays() {
        FakeDevice device = new FakeDevice();
        Texts texts = texts(List.of(ParityTexts.large(new Random(3), 1 << 20), "one word"));
        new DeviceMinHash<>(KEYS, device).keys(texts);
        long shingles = device.largestUpload();
        assertThat(shingles).isGreaterThan(50_000);
        assertThat(device.peak()).isBetween(16 * shingles, 16 * shingles + 8L * 256 * texts.count());
    }

    @Test
    void leavesNothingBehindOnADeviceThatIsFullAndMayBeCalledAgain() {
        Texts texts = texts(List.of("a b c d e f", "", "g h i", "j k ".repeat(100)));
        FakeDevice enough = new FakeDevice();
        new DeviceMinHash<>(KEYS, enough, 100, 2).keys(texts);
        assertThat(enough.operations()).isGreaterThan(2 * KEYS.bands().minima());
        for (int at = 0; at < enough.operations(); at++) {
            FakeDevice full = new FakeDevice(at);
            DeviceMinHash<FakeDevice.Column> hash = new DeviceMinHash<>(KEYS, full, 100, 2);
            assertThatThrownBy(() -> hash.keys(texts)).isInstanceOf(FakeDevice.Full.class);
            assertThat(full.open()).as("open after operation " + at).isZero();
            assertGives(KEYS, texts, hash.keys(texts));
            assertThat(full.open()).isEqualTo(1);
        }
    }

    private static Texts texts(List<String> texts) {
        return new HeapTexts(texts.stream().map(text -> text.getBytes(UTF_8)).toList());
    }

    private static void assertGives(BandKeys keys, Texts texts, FakeDevice.Column given) {
        assertThat(given.lists()).isEqualTo(texts.count());
        assertThat(IntStream.range(0, texts.count())
                        .filter(i -> !java.util.Arrays.equals(given.list(i), keys.call(texts.text(i))))
                        .boxed()
                        .toList())
                .as("texts with other keys")
                .isEqualTo(Collections.emptyList());
    }
}
