package corpusmill.jobs.dedup.near;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.shingle.Shingler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Java kernel gives the keys that the SQL expressions define, bit for bit. */
class KernelParityTest {

    private static final NearConfig NEAR = Documents.words(0.8);
    private static final LshBands BANDS = LshBands.of(NEAR.threshold(), NEAR.recall());
    private static final String[] SPACES = {
        " ", "  ", "\n", "\t", "\r\n", "\u000B", "\u0085", "\u00A0", "\u1680", "\u2003", "\u2028", "\u202F", "\u205F",
        "\u3000"
    };

    @Test
    void agreesWithSqlOnShortTexts() {
        assertThat(mismatches(texts(3_000, 40))).isEmpty();
    }

    @Test
    void agreesWithSqlOnTextsAtTheEdges() {
        List<String> texts = List.of(
                "",
                " ",
                "\u3000\n",
                "a",
                "  a",
                "a b",
                "a b c d",
                "a b c d e",
                " a b c d e f ",
                "\uD83D\uDE00",
                "\uD83D\uDE00 \uD83D\uDE01\u2003\uD801\uDC37 x \u65E5\u672C \u00E9",
                "\u200B",
                "\u0000 \u0001");
        assertThat(mismatches(texts)).isEmpty();
    }

    @Test
    @Tag("long")
    void agreesWithSqlOnAHundredThousandTextsAndOnesOfAMegabyte() {
        assertThat(mismatches(texts(100_000, 40))).isEmpty();
        Random random = new Random(seed());
        List<String> large = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 1 << 20) {
                text.append(word(random)).append(SPACES[random.nextInt(SPACES.length)]);
            }
            large.add(text.toString());
        }
        assertThat(mismatches(large)).isEmpty();
    }

    @Test
    void findsAnotherSeed() {
        List<String> texts = List.of("one two three four five six");
        Map<Long, long[]> other = sql(texts, new SqlSignatures(BANDS, 5, NEAR.seed() + 1));
        assertThat(other.get(0L)).isNotEqualTo(kernel(texts.get(0)));
    }

    /** Ids of the texts whose keys differ. */
    private static List<Integer> mismatches(List<String> texts) {
        Map<Long, long[]> defined = sql(texts, new SqlSignatures(BANDS, 5, NEAR.seed()));
        List<Integer> mismatches = new ArrayList<>();
        for (int id = 0; id < texts.size(); id++) {
            if (!java.util.Arrays.equals(kernel(texts.get(id)), defined.getOrDefault((long) id, new long[0]))) {
                mismatches.add(id);
            }
        }
        return mismatches;
    }

    private static long[] kernel(String text) {
        MinHasher hasher = new MinHasher(BANDS, NEAR.seed());
        Shingler.of(NEAR.shingle()).shingle(text.getBytes(UTF_8), hasher);
        return hasher.keys();
    }

    private static Map<Long, long[]> sql(List<String> texts, SqlSignatures form) {
        Map<Long, long[]> keys = new HashMap<>();
        for (Row row : form.keys(Documents.of(texts)).collectAsList()) {
            keys.put(
                    row.getLong(0),
                    row.<Long>getList(1).stream().flatMapToLong(LongStream::of).toArray());
        }
        return keys;
    }

    private static long seed() {
        String given = System.getProperty("test.seed", "");
        long seed = given.isEmpty() ? 17 : Long.parseLong(given);
        System.out.println("KernelParityTest: replay with -Dtest.seed=" + seed);
        return seed;
    }

    /** Texts of 0 to {@code most} words of a few alphabets; every tenth has at most one word. */
    private static List<String> texts(int count, int most) {
        Random random = new Random(seed());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? " " : "");
            for (int words = random.nextInt(i % 10 == 0 ? 2 : most + 1); words > 0; words--) {
                text.append(word(random)).append(SPACES[random.nextInt(SPACES.length)]);
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static String word(Random random) {
        int[] first = {'a', 0x430, 0x4E00, 0x1F600};
        int base = first[random.nextInt(first.length)];
        StringBuilder word = new StringBuilder();
        for (int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 6); length > 0; length--) {
            word.appendCodePoint(base + random.nextInt(26));
        }
        return word.toString();
    }
}
