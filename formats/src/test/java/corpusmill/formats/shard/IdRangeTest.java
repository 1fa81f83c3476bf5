package corpusmill.formats.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdRangeTest {

    private static byte[] row(TokenType type, int... ids) {
        byte[] bytes = new byte[ids.length * type.bytes()];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (ids[at / type.bytes()] >>> 8 * (at % type.bytes()));
        }
        return bytes;
    }

    private static void equalsOneByOne(TokenType type, List<List<Integer>> rows) {
        IdRange range = new IdRange(type);
        int min = Integer.MAX_VALUE;
        int max = -1;
        for (List<Integer> row : rows) {
            int[] ids = row.stream().mapToInt(Integer::intValue).toArray();
            min = Math.min(min, Arrays.stream(ids).min().orElse(min));
            max = Math.max(max, Arrays.stream(ids).max().orElse(max));
            assertThat(range.add(row(type, ids))).isEqualTo(min);
        }
        assertThat(range.min()).isEqualTo(min);
        assertThat(range.max()).isEqualTo(max);
    }

    @Property(tries = 500)
    void findsTheRangeOfShorts(
            @ForAll @Size(max = 5) List<@Size(max = 13) List<@IntRange(max = 0xffff) Integer>> rows) {
        equalsOneByOne(TokenType.UINT16, rows);
    }

    @Property(tries = 500)
    void findsTheRangeOfInts(@ForAll @Size(max = 5) List<@Size(max = 7) List<@IntRange(min = 0) Integer>> rows) {
        equalsOneByOne(TokenType.INT32, rows);
    }

    @Test
    void findsEveryEndAtEveryPlace() {
        for (int at = 0; at < 11; at++) {
            for (TokenType type : TokenType.values()) {
                for (int extreme : new int[] {0, 1, 0x7fff, 0x8000, 0xffff}) {
                    int[] ids = new int[11];
                    Arrays.fill(ids, 0x8001);
                    ids[at] = extreme;
                    IdRange range = new IdRange(type);
                    range.add(row(type, ids));
                    assertThat(range.min()).isEqualTo(Math.min(0x8001, extreme));
                    assertThat(range.max()).isEqualTo(Math.max(0x8001, extreme));
                }
            }
        }
    }

    @Test
    void findsANegativeIdAtEveryPlace() {
        for (int at = 0; at < 7; at++) {
            for (int negative : new int[] {-1, Integer.MIN_VALUE, -0x10000}) {
                int[] ids = {3, Integer.MAX_VALUE, 5, 0, 7, 8, 9};
                ids[at] = negative;
                IdRange range = new IdRange(TokenType.INT32);
                range.add(row(TokenType.INT32, 4, 6));
                assertThat(range.add(row(TokenType.INT32, ids))).isEqualTo(negative);
                assertThat(range.min()).as("the row is not counted").isEqualTo(4);
                assertThat(range.max()).isEqualTo(6);
            }
        }
    }
}
