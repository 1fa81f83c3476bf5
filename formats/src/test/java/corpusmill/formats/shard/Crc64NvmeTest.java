package corpusmill.formats.shard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Crc64NvmeTest {

    @Test
    void givesThePublishedCheckValue() {
        assertThat(crc("123456789".getBytes(US_ASCII))).isEqualTo(0xae8b14860a799888L);
    }

    @Test
    void givesThePublishedValuesOfTheNvmeSpecification() {
        // NVM Command Set Specification, 64-bit CRC test cases: 4,096 bytes of 0, of 0xff, and of 0, 1, 2 ... 255, 0
        // ...
        byte[] zeros = new byte[4096];
        assertThat(crc(zeros)).isEqualTo(0x6482d367eb22b64eL);
        byte[] ones = new byte[4096];
        java.util.Arrays.fill(ones, (byte) 0xff);
        assertThat(crc(ones)).isEqualTo(0xc0ddba7302eca3acL);
        byte[] rising = new byte[4096];
        for (int at = 0; at < rising.length; at++) {
            rising[at] = (byte) at;
        }
        assertThat(crc(rising)).isEqualTo(0x3e729f5f6750449cL);
    }

    @Property(tries = 300)
    void isTheSameBitByBitAndInPieces(@ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 200) int cut) {
        int at = Math.min(cut, bytes.length);
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(bytes, 0, at);
        crc.update(bytes, at, bytes.length - at);
        assertThat(crc.value()).isEqualTo(bitByBit(bytes));
    }

    @Test
    void isTheSameBitByBitOverBlocksOfLanesAndWhatIsLeft() {
        byte[] bytes = new byte[9 * Crc64Nvme.LANE + 21];
        new java.util.Random(7).nextBytes(bytes);
        for (int cut : new int[] {0, 1, 4 * Crc64Nvme.LANE, 4 * Crc64Nvme.LANE + 3, 8 * Crc64Nvme.LANE + 9}) {
            Crc64Nvme crc = new Crc64Nvme();
            crc.update(bytes, 0, cut);
            crc.update(bytes, cut, bytes.length - cut);
            assertThat(crc.value()).isEqualTo(bitByBit(bytes));
        }
    }

    /** From the definition: the polynomial as it is published, not reflected. */
    private static long bitByBit(byte[] bytes) {
        long crc = -1;
        for (byte b : bytes) {
            crc ^= Long.reverse(b & 0xffL);
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0xad93d23594c93659L : crc << 1;
            }
        }
        return ~Long.reverse(crc);
    }

    private static long crc(byte[] bytes) {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(bytes, 0, bytes.length);
        return crc.value();
    }
}
