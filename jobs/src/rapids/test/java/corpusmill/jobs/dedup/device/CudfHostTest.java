package corpusmill.jobs.dedup.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.rapids.cudf.DType;
import ai.rapids.cudf.HostColumnVector;
import ai.rapids.cudf.HostColumnVector.BasicType;
import ai.rapids.cudf.HostColumnVector.ListType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What of the columns of cudf lies in memory of the host, which needs no GPU and none of its native libraries. */
@Tag("rapids")
class CudfHostTest {

    @Test
    void readsTextsFromAColumnOfBytes() {
        List<List<Byte>> rows = new ArrayList<>(List.of(bytes("one"), List.of(), bytes("\uD83D\uDE00\u00E9")));
        rows.add(1, null);
        @SuppressWarnings("unchecked") // an array of lists, for a call that takes any number of them
        List<Byte>[] lists = rows.toArray(List[]::new);
        try (HostColumnVector column =
                HostColumnVector.fromLists(new ListType(true, new BasicType(true, DType.UINT8)), lists)) {
            Texts texts = new CudfTexts(column);
            assertThat(texts.count()).isEqualTo(4);
            assertThat(new int[] {texts.bytes(0), texts.bytes(1), texts.bytes(2), texts.bytes(3)})
                    .containsExactly(3, 0, 0, 6);
            assertThat(texts.text(0)).isEqualTo("one".getBytes(UTF_8));
            assertThat(texts.text(1)).isEmpty();
            assertThat(texts.text(2)).isEmpty();
            assertThat(texts.text(3)).isEqualTo("\uD83D\uDE00\u00E9".getBytes(UTF_8));
        }
    }

    @Test
    void laysPartsOneAfterAnother() {
        try (HostColumnVector column = CudfDevice.hostLongs(new long[][] {{1, -2}, {}, {Long.MIN_VALUE}});
                HostColumnVector none = CudfDevice.hostLongs(new long[][] {{}})) {
            assertThat(column.getType()).isEqualTo(DType.INT64);
            assertThat(column.getRowCount()).isEqualTo(3);
            assertThat(column.getNullCount()).isZero();
            assertThat(new long[] {column.getLong(0), column.getLong(1), column.getLong(2)})
                    .containsExactly(1, -2, Long.MIN_VALUE);
            assertThat(none.getRowCount()).isZero();
        }
    }

    private static List<Byte> bytes(String text) {
        List<Byte> bytes = new ArrayList<>();
        for (byte each : text.getBytes(UTF_8)) {
            bytes.add(each);
        }
        return bytes;
    }
}
