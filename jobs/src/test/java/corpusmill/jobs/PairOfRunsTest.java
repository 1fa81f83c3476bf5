package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two runs at the same time into one root and one work folder. Of two that want the same, both succeed and nothing is
 * there twice; of two that want something else, one wins and the other says so. {@code -Dtest.pairs=N} says how many
 * pairs of each kind in the long form, {@code -Dtest.seed=N} how long the second waits.
 */
class PairOfRunsTest {

    private static final long SEED = Long.getLong("test.seed", 20_261_129L);
    private static final int LEAD_MILLIS = 3_000;
    private static final int OTHER_WRITER = 6;

    @TempDir
    private Path folder = Path.of("");

    private Path job = Path.of("");

    /** What each of the two jobs makes alone, by the seed of its order. */
    private final List<SortedMap<String, String>> alone = new ArrayList<>();

    @BeforeEach
    void prepareAlone() throws Exception {
        System.out.println("seed " + SEED);
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 23);
        job = corpus.jobFile(folder.resolve("job.yaml"), folder.resolve("none").toString());
        for (int order = 0; order < 2; order++) {
            Path output = folder.resolve("alone-" + order);
            Invocation run = start(output, order).await();
            assertThat(run.code()).as(run.err()).isZero();
            alone.add(Snapshot.dataset(output));
        }
        assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    }

    @Test
    void letsOneOfAPairWin() throws Exception {
        pairs(1);
    }

    @Tag("long")
    @Test
    void letsOneOfEachPairWin() throws Exception {
        pairs(Integer.getInteger("test.pairs", 20));
    }

    private void pairs(int count) throws Exception {
        Random random = new Random(SEED);
        int[] won = new int[2];
        for (int pair = 0; pair < count; pair++) {
            Path same = folder.resolve("same-" + pair);
            for (Invocation run : together(same, 0, random)) {
                assertThat(run.code()).as(run.err()).isZero();
            }
            assertThat(whatIsThere(same)).isEqualTo(alone.get(0));

            Path other = folder.resolve("other-" + pair);
            List<Invocation> runs = together(other, 1, random);
            int winner = runs.get(0).code() == 0 ? 0 : 1;
            assertThat(runs.get(winner).code()).as(runs.get(winner).err()).isZero();
            Invocation loser = runs.get(1 - winner);
            assertThat(loser.code()).as(loser.err()).isEqualTo(OTHER_WRITER);
            assertThat(whatIsThere(other)).isEqualTo(alone.get(winner));
            won[winner]++;
        }
        System.out.printf(
                Locale.ROOT,
                "%d pairs of the same intent: one dataset; of %d pairs of another the first won %d, the second %d%n",
                count,
                count,
                won[0],
                won[1]);
    }

    /** Runs the first job and another one, of which either may begin. */
    private List<Invocation> together(Path output, int otherOrder, Random random) throws Exception {
        boolean firstBegins = random.nextBoolean();
        ChildRun one = start(output, firstBegins ? 0 : otherOrder);
        Thread.sleep(random.nextInt(LEAD_MILLIS));
        ChildRun two = start(output, firstBegins ? otherOrder : 0);
        List<Invocation> runs = List.of(one.await(), two.await());
        return firstBegins ? runs : List.of(runs.get(1), runs.get(0));
    }

    /** The dataset, intact, without what only the loser wrote; no manifest names that, and gc removes it. */
    private static SortedMap<String, String> whatIsThere(Path output) {
        assertThat(new PublishedDataset(output.toString()).findings()).isEmpty();
        Invocation collected = Invocation.of("gc", output.toString(), "--grace-hours", "0", "--delete");
        assertThat(collected.code()).as(collected.err()).isZero();
        return Snapshot.dataset(output);
    }

    private ChildRun start(Path output, int order) throws IOException {
        return ChildRun.prepare(folder.resolve("child"), job, output, "packing.seed=" + order);
    }
}
