package corpusmill.jobs.dedup.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.shingle.Shingler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a function gives for each text stands in the row of that text, whichever thread computed it. */
class HostHashesTest {

    private static long[] sequence(byte[] text) {
        return Shingler.of(NearConfig.DEFAULT.shingle()).sequence(text);
    }

    @Test
    void keepsTheOrderOfTheTexts() {
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            texts.add(("text " + i).repeat(i % 7).getBytes(UTF_8));
        }
        FakeDevice device = new FakeDevice();
        FakeDevice.Column hashed = HostHashes.lists(new HeapTexts(texts), HostHashesTest::sequence, device);
        assertThat(hashed.lists()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(hashed.list(i)).isEqualTo(sequence(texts.get(i)));
        }
        assertThat(device.open()).isEqualTo(1);
    }

    @Test
    void leavesNothingBehindOnADeviceThatIsFull() {
        HeapTexts texts = new HeapTexts(List.of("a b".getBytes(UTF_8), new byte[0]));
        for (int at = 0; at < 3; at++) {
            FakeDevice full = new FakeDevice(at);
            assertThatThrownBy(() -> HostHashes.lists(texts, HostHashesTest::sequence, full))
                    .isInstanceOf(FakeDevice.Full.class);
            assertThat(full.open()).isZero();
        }
    }

    @Test
    void refusesMoreThanAColumnHolds() {
        assertThatThrownBy(() -> HostHashes.offsets(new long[3][0], any -> Integer.MAX_VALUE / 2))
                .isInstanceOf(ArithmeticException.class);
    }
}
