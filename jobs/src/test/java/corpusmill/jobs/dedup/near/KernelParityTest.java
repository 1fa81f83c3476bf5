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

    @Test
    void agreesWithSqlOnShortTextsAndAtTheEdges() {
        List<String> texts = new ArrayList<>(ParityTexts.EDGES);
        texts.addAll(ParityTexts.some(new Random(seed()), 3_000, 40));
        assertThat(mismatches(texts)).isEmpty();
    }

    @Test
    @Tag("long")
    void agreesWithSqlOnAHundredThousandTextsAndOnesOfAMegabyte() {
        List<String> texts = ParityTexts.all(seed(), 100_000);
        assertThat(mismatches(texts)).isEmpty();
        System.out.println("KernelParityTest: 0 mismatches on " + texts.size() + " texts");
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
}
