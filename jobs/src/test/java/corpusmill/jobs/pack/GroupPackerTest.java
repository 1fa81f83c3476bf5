package corpusmill.jobs.pack;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.config.PackingConfig;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.pack.PackStage.GroupedDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupPackerTest {

    private static final PackStage STAGE = new PackStage(
            new PackingConfig(4, PackingConfig.Mode.BEST_FIT, 1),
            PackingGroups.of(new long[] {1}, 1),
            0,
            TokenType.UINT16,
            0x0102);

    private static GroupedDocument document(long id, int group, int tokens, @Nullable String dropped) {
        byte[] bytes = new byte[2 * tokens];
        for (int token = 0; token < tokens; token++) {
            bytes[2 * token] = (byte) (10 * id + token);
        }
        return new GroupedDocument(id, 0, bytes, id, dropped, group, "train");
    }

    private static List<PackedRow> pack(GroupedDocument... documents) {
        List<PackedRow> rows = new ArrayList<>();
        new GroupPacker(STAGE, List.of(documents).iterator()).forEachRemaining(rows::add);
        return rows;
    }

    @Test
    void fillsARowAndPadsIt() {
        PackedRow row = pack(document(1, 0, 3, null)).get(0);
        assertThat(row.tokens()).containsExactly(10, 0, 11, 0, 12, 0, 2, 1);
        assertThat(row.ends()).containsExactly(3, 4);
        assertThat(row.valid()).isEqualTo(3);
        assertThat(row.documents()).containsExactly(1);
    }

    @Test
    void endsAFullRowWithItsLastDocument() {
        PackedRow row = pack(document(1, 0, 3, null), document(2, 0, 1, null)).get(0);
        assertThat(row.ends()).containsExactly(3, 4);
        assertThat(row.documents()).containsExactly(1, 2);
        assertThat(row.valid()).isEqualTo(4);
        assertThat(row.specials()).isEqualTo(3);
    }

    @Test
    void tellsWhereACutDocumentGoesOnAndCountsItOnce() {
        List<PackedRow> rows = pack(document(3, 0, 6, null));
        assertThat(rows).extracting(PackedRow::first).containsExactly(2, 0);
        assertThat(rows).extracting(PackedRow::specials).containsExactly(0L, 3L);
        assertThat(rows).extracting(PackedRow::place).containsExactly(0, 1);
    }

    @Test
    void neverMixesGroups() {
        List<PackedRow> rows = pack(document(1, 0, 1, null), document(2, 1, 1, null), document(3, 1, 1, null));
        assertThat(rows).extracting(PackedRow::group).containsExactly(0, 1);
        assertThat(rows).extracting(row -> row.documents().length).containsExactly(1, 2);
    }

    @Test
    void tellsOfDroppedDocumentsWhereverTheyStand() {
        List<PackedRow> rows = pack(
                document(1, 0, 0, "NO_TOKENS"),
                document(2, 0, 2, null),
                document(3, 0, 0, "NO_TOKENS"),
                document(4, 0, 2, null),
                document(5, 0, 0, "SPECIAL_TOKEN"));
        assertThat(rows.stream().filter(row -> row.dropped() != null))
                .extracting(row -> row.documents()[0])
                .containsExactly(1L, 3L, 5L);
        assertThat(rows.stream().filter(row -> row.dropped() == null))
                .singleElement()
                .satisfies(row -> assertThat(row.documents()).containsExactly(2, 4));
        assertThat(pack(document(1, 0, 0, "NO_TOKENS"))).hasSize(1);
        assertThat(pack()).isEmpty();
    }

    @Test
    void spreadsDocumentsOverGroupsOfTheirSource() {
        PackingGroups groups = PackingGroups.of(new long[] {250, 0, 100}, 100);
        assertThat(groups.count()).isEqualTo(5);
        int[] seen = new int[5];
        for (long id = 0; id < 3000; id++) {
            int group = groups.of(id, 0);
            assertThat(group).isBetween(0, 2);
            seen[group]++;
            assertThat(groups.of(id, 1)).isEqualTo(3);
            assertThat(groups.of(id, 2)).isEqualTo(4);
        }
        assertThat(seen[0]).isBetween(900, 1100);
        assertThat(seen[1]).isBetween(900, 1100);
    }
}
