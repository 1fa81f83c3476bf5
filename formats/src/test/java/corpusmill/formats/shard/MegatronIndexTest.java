package corpusmill.formats.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MegatronIndexTest {

    private static byte[] index(List<PackedSequence> rows, TokenType type) throws IOException {
        try (ShardWriter writer = new ShardWriter(OutputStream.nullOutputStream(), ShardSamples.layout(rows, type))) {
            for (PackedSequence row : rows) {
                writer.write(row);
            }
            writer.finish();
            return writer.megatronIndex();
        }
    }

    /** Written out by hand from the description of the index: 2 rows of 8 ids, the second with 3 of padding. */
    @Test
    void isTheOneOfTheDescription() throws IOException {
        List<PackedSequence> rows = List.of(
                new PackedSequence(new byte[16], new int[] {8}, 0, 8, 0),
                new PackedSequence(new byte[16], new int[] {5, 8}, 0, 5, 0));
        assertThat(HexFormat.of().formatHex(index(rows, TokenType.UINT16)))
                .isEqualTo("4d4d49444944580000" + "0100000000000000" + "08" + "0200000000000000"
                        + "0300000000000000" + "08000000" + "05000000" + "0010000000000000" + "1010000000000000"
                        + "0000000000000000" + "0100000000000000" + "0200000000000000");
    }

    @ParameterizedTest
    @EnumSource(TokenType.class)
    void namesEveryRowWithoutItsPadding(TokenType type) throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(5, 40, 16, type, 500);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(expected);
        out.write(new byte[] {'M', 'M', 'I', 'D', 'I', 'D', 'X', 0, 0});
        out.writeLong(Long.reverseBytes(1));
        out.write(type == TokenType.UINT16 ? 8 : 4);
        out.writeLong(Long.reverseBytes(40));
        out.writeLong(Long.reverseBytes(41));
        for (PackedSequence row : rows) {
            out.writeInt(Integer.reverseBytes(row.valid()));
        }
        for (int row = 0; row < 40; row++) {
            out.writeLong(Long.reverseBytes(4096 + 16L * type.bytes() * row));
        }
        for (int row = 0; row <= 40; row++) {
            out.writeLong(Long.reverseBytes(row));
        }
        assertThat(index(rows, type)).isEqualTo(expected.toByteArray()).hasSize((int) MegatronIndex.bytes(40));
        assertThat(MegatronIndex.path("data/0/train/tokens-000007.arrow")).isEqualTo("data/0/train/tokens-000007.idx");
    }

    @Test
    void isNotThereBeforeTheShardIs() throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(5, 2, 16, TokenType.UINT16, 500);
        try (ShardWriter writer =
                new ShardWriter(OutputStream.nullOutputStream(), ShardSamples.layout(rows, TokenType.UINT16))) {
            writer.write(rows.get(0));
            assertThatThrownBy(writer::megatronIndex).hasMessage("the shard is not finished");
        }
    }
}
