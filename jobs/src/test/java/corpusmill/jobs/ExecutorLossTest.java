package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors that are killed every few seconds change no byte. {@code -Dtest.kills=N} says how many in all in the long
 * form, {@code -Dtest.seed=N} which and when.
 */
class ExecutorLossTest {

    private static final long SEED = Long.getLong("test.seed", 20_261_128L);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void makesTheSameBytesWhileExecutorsAreLost() throws Exception {
        lose(3);
    }

    @Tag("long")
    @Test
    void makesTheSameBytesWhileManyExecutorsAreLost() throws Exception {
        lose(Integer.getInteger("test.kills", 100));
    }

    private void lose(int kills) throws Exception {
        System.out.println("seed " + SEED + ", " + kills + " kills");
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 19);
        Path quiet = folder.resolve("quiet");
        Path job = corpus.jobFile(folder.resolve("job.yaml"), quiet.toString());
        Invocation whole = Invocation.of("prepare", "--config", job.toString());
        assertThat(whole.code()).as(whole.err()).isZero();

        Random random = new Random(SEED);
        int killed = 0;
        int runs = 0;
        while (killed < kills) {
            Path output = folder.resolve("lossy-" + runs);
            LocalCluster cluster = LocalCluster.in(folder.resolve("spark-" + runs));
            ChildRun run = cluster.start(2, "prepare", "--config", job.toString(), "--set", "output=" + output);
            while (!run.process().waitFor(1_500 + random.nextInt(3_000), TimeUnit.MILLISECONDS)) {
                // What a driver of a local cluster starts are executors only.
                List<ProcessHandle> executors = run.process().descendants().toList();
                if (!executors.isEmpty() && killed < kills) {
                    executors.get(random.nextInt(executors.size())).destroyForcibly();
                    killed++;
                }
            }
            Invocation ended = run.await();
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(Snapshot.dataset(output)).isEqualTo(Snapshot.dataset(quiet));
            runs++;
        }
        System.out.printf(
                Locale.ROOT, "%d executors killed in %d runs, all datasets those of the quiet run%n", killed, runs);
    }
}
