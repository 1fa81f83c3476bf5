package corpusmill.jobs.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.jobs.config.PackingConfig.Mode;
import corpusmill.jobs.pack.SequencePacker.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SequencePackerTest {

    private static List<List<Piece>> pack(Mode mode, int length, int... tokens) {
        SequencePacker.Rows rows = new SequencePacker(length, mode).pack(tokens);
        return IntStream.range(0, rows.size()).mapToObj(rows::row).toList();
    }

    private static int filled(List<Piece> row) {
        return row.stream().mapToInt(Piece::tokens).sum();
    }

    @Property
    void placesEveryTokenOnce(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 50) Integer> documents,
            @ForAll @IntRange(min = 1, max = 16) int length,
            @ForAll Mode mode) {
        int[] tokens = documents.stream().mapToInt(Integer::intValue).toArray();
        boolean[][] placed = new boolean[tokens.length][];
        Arrays.setAll(placed, document -> new boolean[tokens[document]]);
        for (List<Piece> row : pack(mode, length, tokens)) {
            assertThat(filled(row)).isBetween(1, length);
            for (int i = 0; i < row.size(); i++) {
                Piece piece = row.get(i);
                assertThat(piece.from() == 0 || i == 0)
                        .as("only a row's first piece starts inside")
                        .isTrue();
                for (int token = piece.from(); token < piece.from() + piece.tokens(); token++) {
                    assertThat(placed[piece.document()][token]).isFalse();
                    placed[piece.document()][token] = true;
                }
            }
        }
        for (boolean[] document : placed) {
            for (boolean token : document) {
                assertThat(token).isTrue();
            }
        }
    }

    @Property
    void bestFitCutsOnlyWhatIsLongerThanARow(
            @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 40) Integer> documents,
            @ForAll @IntRange(min = 1, max = 20) int length) {
        int[] tokens = documents.stream().mapToInt(Integer::intValue).toArray();
        pack(Mode.BEST_FIT, length, tokens)
                .forEach(row -> row.forEach(piece -> {
                    boolean whole = piece.tokens() == tokens[piece.document()];
                    assertThat(whole || tokens[piece.document()] > length).isTrue();
                }));
    }

    @Property
    void bestFitEqualsTheSimpleVersion(
            @ForAll @Size(max = 80) List<@IntRange(min = 1, max = 20) Integer> documents,
            @ForAll @IntRange(min = 20, max = 24) int length) {
        int[] tokens = documents.stream().mapToInt(Integer::intValue).toArray();
        int[] order = IntStream.range(0, tokens.length)
                .boxed()
                .sorted(Comparator.comparingInt(document -> -tokens[document]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Integer> rooms = new ArrayList<>();
        for (int document : order) {
            int best = -1;
            for (int row = 0; row < rooms.size(); row++) {
                if (rooms.get(row) >= tokens[document] && (best < 0 || rooms.get(row) < rooms.get(best))) {
                    best = row;
                }
            }
            if (best < 0) {
                rooms.add(length - tokens[document]);
            } else {
                rooms.set(best, rooms.get(best) - tokens[document]);
            }
        }
        List<Integer> packed = pack(Mode.BEST_FIT, length, tokens).stream()
                .map(row -> length - filled(row))
                .sorted()
                .toList();
        assertThat(packed).isEqualTo(rooms.stream().sorted().toList());
    }

    @Test
    void concatenateFillsEveryRowButTheLast() {
        List<List<Piece>> rows = pack(Mode.CONCATENATE, 10, 7, 7, 7, 1);
        assertThat(rows).extracting(SequencePackerTest::filled).containsExactly(10, 10, 2);
        assertThat(rows.get(1)).containsExactly(new Piece(1, 3, 4), new Piece(2, 0, 6));
    }

    @Test
    void documentModeSharesNoRow() {
        assertThat(pack(Mode.DOCUMENT, 4, 9, 4, 1))
                .extracting(List::size)
                .containsOnly(1)
                .hasSize(5);
    }

    @Test
    void packsTheHeadOfALongDocumentLikeAShortOne() {
        List<List<Piece>> rows = pack(Mode.BEST_FIT, 10, 3, 24, 2);
        assertThat(rows)
                .containsExactly(
                        List.of(new Piece(1, 4, 10)),
                        List.of(new Piece(1, 14, 10)),
                        List.of(new Piece(1, 0, 4), new Piece(0, 0, 3), new Piece(2, 0, 2)));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new SequencePacker(0, Mode.BEST_FIT))
                .hasMessage("sequence length must be at least 1 but was 0");
        assertThatThrownBy(() -> pack(Mode.BEST_FIT, 4, 1, 0))
                .hasMessage("a document must have at least 1 token but had 0");
    }
}
