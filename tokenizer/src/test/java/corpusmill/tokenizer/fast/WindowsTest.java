package corpusmill.tokenizer.fast;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Long pieces in windows beside the plainest way to merge, for vocabularies of chance whose ids reach far. */
class WindowsTest {
    private static final int LETTERS = 3;

    @Test
    void givesTheIdsOfMergingTheWhole() {
        Random random = Seeds.random("WindowsTest");
        long steps = 0;
        long bytes = 0;
        for (int i = 0; i < 500; i++) {
            List<int[]> merges = merges(random);
            FastModel model = model(merges);
            Merger merger = new Merger(model.pairs());
            Windows windows = new Windows(model, merger);
            for (int length : new int[] {129, 200, 257 + random.nextInt(500), 1_000}) {
                byte[] text = text(random, length);
                int[] ids = new int[length];
                int count = windows.merge(text, 0, length, ids);
                assertThat(Arrays.copyOf(ids, count))
                        .as("%s with %d merges", new String(text, US_ASCII), merges.size())
                        .isEqualTo(plainly(merges, text));
                bytes += length;
            }
            steps += merger.steps();
        }
        System.out.println("WindowsTest: " + steps + " steps for " + bytes + " bytes");
        assertThat(steps).isLessThan(10 * bytes);
    }

    /** Left, right, product: each joins what earlier ones made, so that some ids hold hundreds of bytes. */
    private static List<int[]> merges(Random random) {
        List<int[]> merges = new ArrayList<>();
        Set<List<Integer>> seen = new HashSet<>();
        for (int wanted = 2 + random.nextInt(14); wanted > 0; wanted--) {
            boolean doubles = merges.size() > 0 && random.nextInt(4) > 0;
            int left = doubles ? LETTERS + merges.size() - 1 : random.nextInt(LETTERS + merges.size());
            int right = doubles ? left : random.nextInt(LETTERS + merges.size());
            if (seen.add(List.of(left, right))) {
                merges.add(new int[] {left, right, LETTERS + merges.size()});
            }
        }
        return merges;
    }

    private static FastModel model(List<int[]> merges) {
        PairTable pairs = new PairTable(merges.size());
        TokenWidths widths = new TokenWidths(LETTERS + merges.size(), false);
        int[] width = new int[LETTERS + merges.size()];
        int[] symbols = new int[256];
        Arrays.fill(symbols, -1);
        for (int letter = 0; letter < LETTERS; letter++) {
            symbols['a' + letter] = letter;
            width[letter] = 1;
            widths.put(letter, 1);
        }
        for (int rank = 0; rank < merges.size(); rank++) {
            int[] merge = merges.get(rank);
            pairs.put(merge[0], merge[1], rank, merge[2]);
            width[merge[2]] = width[merge[0]] + width[merge[1]];
            widths.put(merge[2], width[merge[2]]);
        }
        return new FastModel(
                Gpt2Spans::new,
                new ByteAlphabet(symbols, pairs),
                pairs,
                widths,
                new Vocabulary(0, 0),
                null,
                new SharedPieces(),
                new AddedTokens().build(),
                false,
                false);
    }

    /** Letters of chance, of a short period, or of a period with a fault in it. */
    private static byte[] text(Random random, int length) {
        byte[] text = new byte[length];
        int period = random.nextInt(3) == 0 ? length : 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            text[i] = i < period ? (byte) ('a' + random.nextInt(LETTERS)) : text[i - period];
        }
        if (random.nextBoolean()) {
            text[random.nextInt(random.nextBoolean() ? 3 : length)] = 'a';
        }
        return text;
    }

    private static int[] plainly(List<int[]> merges, byte[] text) {
        List<Integer> ids = new ArrayList<>();
        for (byte letter : text) {
            ids.add(letter - 'a');
        }
        while (true) {
            int best = merges.size();
            int place = -1;
            for (int i = 0; i + 1 < ids.size(); i++) {
                for (int rank = 0; rank < best; rank++) {
                    if (merges.get(rank)[0] == ids.get(i) && merges.get(rank)[1] == ids.get(i + 1)) {
                        best = rank;
                        place = i;
                    }
                }
            }
            if (place < 0) {
                return ids.stream().mapToInt(id -> id).toArray();
            }
            ids.set(place, merges.get(best)[2]);
            ids.remove(place + 1);
        }
    }
}
