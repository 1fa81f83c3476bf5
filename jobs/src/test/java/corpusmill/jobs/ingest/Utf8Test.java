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

    /** The JDK's decoder is the oracle. */
    @Property(tries = 20_000)
    void agreesWithTheJdk(@ForAll("bytes") byte[] bytes) {
        boolean expected;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            expected = true;
        } catch (CharacterCodingException e) {
            expected = false;
        }
        assertThat(Utf8.valid(bytes, 0, bytes.length)).isEqualTo(expected);
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
            if (stop == '\n') {
                assertThat(Utf8.newline(bytes, from, from + length)).isEqualTo(at < length ? expected : -1);
            }
        }
    }
}
