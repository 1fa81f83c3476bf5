package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void refusesWhatTheStandardForbids() {
        for (String hex : new String[] {
            "C0AF",
            "C080",
            "C1BF",
            "E080AF",
            "E09FBF",
            "F08080AF",
            "F08FBFBF",
            "EDA080",
            "EDBFBF",
            "EDA0BDEDB880",
            "F4908080",
            "F5808080",
            "FF",
            "FE",
            "80",
            "BF",
            "C3",
            "E282",
            "F09F98",
            "C328",
            "E28228",
            "F0288CBC",
            "E9",
            "61E9",
            "FFFE6100"
        }) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThat(Utf8.valid(bytes, 0, bytes.length)).as(hex).isFalse();
        }
    }

    @Test
    void takesTheEndsOfEveryRange() {
        for (String hex : new String[] {
            "", "00", "7F", "C280", "DFBF", "E0A080", "ED9FBF", "EE8080", "EFBFBF", "EFBBBF", "F0908080", "F48FBFBF"
        }) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThat(Utf8.valid(bytes, 0, bytes.length)).as(hex).isTrue();
        }
    }

    private static boolean jdkTakes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The JDK's decoder is the oracle. */
    @Property(tries = 20_000)
    void agreesWithTheJdk(@ForAll("bytes") byte[] bytes) {
        assertThat(Utf8.valid(bytes, 0, bytes.length)).isEqualTo(jdkTakes(bytes));
    }

    /** Every lead byte with the ends of the second one's ranges, at every place of runs that are read many bytes at once. */
    @Test
    void agreesWithTheJdkInRunsOfLongSequences() {
        for (String run : new String[] {"\u0434".repeat(12), "\u3042".repeat(8), "a\u0434\u3042".repeat(4)}) {
            byte[] bytes = run.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at + 4 <= bytes.length; at++) {
                for (int lead = 0x80; lead <= 0xFF; lead++) {
                    for (int second : new int[] {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF}) {
                        byte[] changed = bytes.clone();
                        changed[at] = (byte) lead;
                        changed[at + 1] = (byte) second;
                        assertThat(Utf8.valid(changed, 0, changed.length))
                                .as(HexFormat.of().formatHex(changed))
                                .isEqualTo(jdkTakes(changed));
                    }
                }
            }
        }
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<String> piece = Arbitraries.of(
                "61", "6162636465666768", "C3A9", "E282AC", "F09F9880", "80", "C3", "E2", "EDA080", "F4", "90", "0A");
        return piece.list().ofMaxSize(12).map(list -> HexFormat.of().parseHex(String.join("", list)));
    }

    @Property
    void findsTheFirstNewlineAndTheFirstStop(
            @ForAll @IntRange(max = 40) int length,
            @ForAll @IntRange(max = 40) int at,
            @ForAll @IntRange(max = 20) int from) {
        for (char stop : new char[] {'\n', '"', '\\', '\u0001', '\u001F'}) {
            byte[] bytes = new byte[from + length + 9];
            Arrays.fill(bytes, (byte) stop);
            Arrays.fill(bytes, from, from + length, (byte) 0xE9);
            for (int i = from; i < from + length; i += 3) {
                bytes[i] = ' ';
            }
            if (at < length) {
                bytes[from + at] = (byte) stop;
            }
            int expected = at < length ? from + at : from + length;
            assertThat(Utf8.stringStop(bytes, from, from + length)).isEqualTo(expected);
            byte[] target = new byte[3 + length];
            assertThat(Utf8.copyToStop(bytes, from, from + length, target, 3)).isEqualTo(expected);
            assertThat(Arrays.copyOfRange(target, 3, 3 + expected - from))
                    .isEqualTo(Arrays.copyOfRange(bytes, from, expected));
            if (stop == '\n') {
                assertThat(Utf8.newline(bytes, from, from + length)).isEqualTo(at < length ? expected : -1);
            }
        }
    }
}
