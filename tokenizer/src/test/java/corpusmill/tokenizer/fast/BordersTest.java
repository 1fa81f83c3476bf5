package corpusmill.tokenizer.fast;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts between borders, merged apart, beside the whole, for vocabularies of chance. */
class BordersTest {
    private static final int LETTERS = 6;

    @Test
    void givesTheIdsOfMergingTheWhole() {
        Random random = Seeds.random("BordersTest");
        int cuts = 0;
        int joins = 0;
        for (int i = 0; i < 2_000; i++) {
            List<byte[]> tokens = new ArrayList<>();
            for (int letter = 0; letter < LETTERS; letter++) {
                tokens.add(new byte[] {(byte) ('a' + letter)});
            }
            int merges = 1 + random.nextInt(24);
            PairTable pairs = new PairTable(merges);
            for (int rank = 0; rank < merges; ) {
                int left = random.nextInt(tokens.size());
                int right = random.nextInt(tokens.size());
                if (pairs.put(left, right, rank, tokens.size())) {
                    tokens.add(joined(tokens.get(left), tokens.get(right)));
                    rank++;
                }
            }
            Borders borders = new Borders();
            tokens.forEach(borders::put);
            Alphabet alphabet = alphabet(pairs);
            Merger merger = new Merger(pairs);
            for (int text = 0; text < 20; text++) {
                byte[] bytes = text(random);
                List<Integer> apart = new ArrayList<>();
                int from = 0;
                for (int at = Borders.SEEN; at <= bytes.length - Borders.SEEN; at++) {
                    if (borders.mayJoin(bytes, at)) {
                        joins++;
                    } else {
                        merge(merger, alphabet, bytes, from, at, apart);
                        from = at;
                        cuts++;
                    }
                }
                merge(merger, alphabet, bytes, from, bytes.length, apart);
                List<Integer> whole = new ArrayList<>();
                merge(merger, alphabet, bytes, 0, bytes.length, whole);
                assertThat(apart)
                        .as(
                                "%s with %s",
                                new String(bytes, US_ASCII),
                                tokens.stream()
                                        .map(token -> new String(token, US_ASCII))
                                        .toList())
                        .isEqualTo(whole);
            }
        }
        System.out.println("BordersTest: " + cuts + " cuts, " + joins + " places that may join");
        assertThat(cuts).isGreaterThan(joins / 10);
        assertThat(joins).isGreaterThan(cuts / 10);
    }

    /** Every place in a token may join, however little of the token stands around it. */
    @Test
    void cutsNoToken() {
        Borders borders = new Borders();
        List<String> tokens = List.of("ab", "cde", "fghi", "jklmn");
        tokens.forEach(token -> borders.put(token.getBytes(US_ASCII)));
        for (String token : tokens) {
            for (int at = 1; at < token.length(); at++) {
                assertThat(borders.mayJoin(("xx" + token + "yy").getBytes(US_ASCII), 2 + at))
                        .as("%s at %d", token, at)
                        .isTrue();
            }
        }
        assertThat(borders.mayJoin("xxab".getBytes(US_ASCII), 2)).isFalse();
        assertThat(borders.mayJoin("xcdx".getBytes(US_ASCII), 2))
                .as("a token of three letters that the text does not finish")
                .isFalse();
        assertThat(borders.mayJoin("xghx".getBytes(US_ASCII), 2)).isFalse();
    }

    private static void merge(Merger merger, Alphabet alphabet, byte[] bytes, int from, int end, List<Integer> into) {
        int[] ids = new int[bytes.length];
        int count = merger.merge(alphabet, bytes, from, end, ids);
        Arrays.stream(ids, 0, count).forEach(into::add);
    }

    private static Alphabet alphabet(PairTable pairs) {
        int[] symbols = new int[256];
        Arrays.fill(symbols, -1);
        for (int letter = 0; letter < LETTERS; letter++) {
            symbols['a' + letter] = letter;
        }
        return new ByteAlphabet(symbols, pairs);
    }

    private static byte[] text(Random random) {
        byte[] text = new byte[4 + random.nextInt(60)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(LETTERS));
        }
        return text;
    }

    private static byte[] joined(byte[] left, byte[] right) {
        byte[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }
}
