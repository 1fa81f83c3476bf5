package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed at any moment of a run, again and again, while a reader looks at the dataset all the time: it
 * sees none, or all of it. In the end it is that of a quiet run. {@code -Dtest.kills=N} says how often in the long
 * form, {@code -Dtest.seed=N} when.
 */
class KillTest {

    private static final long SEED = Long.getLong("test.seed", 20_261_128L);

    /** A file that is written under another name until it is whole; no manifest and no reader names it. */
    private static final Pattern PART = Pattern.compile("(.*/)?[.][^/]+[.]part");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void completesAfterBeingKilledAnywhere() throws Exception {
        kill(10);
    }

    @Tag("long")
    @Test
    void completesAfterBeingKilledAllOver() throws Exception {
        kill(Integer.getInteger("test.kills", 200));
    }

    private void kill(int kills) throws Exception {
        System.out.println("seed " + SEED + ", " + kills + " kills");
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 13);
        Path job = corpus.jobFile(
                folder.resolve("job.yaml"), folder.resolve("none").toString());
        Path quiet = folder.resolve("quiet");
        long start = System.nanoTime();
        Invocation whole = start(job, quiet).await();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(whole.code()).as(whole.err()).isZero();

        Random random = new Random(SEED);
        int killed = 0;
        int completed = 0;
        long looks = 0;
        while (killed < kills) {
            Path output = folder.resolve("killed-" + completed);
            Reader reader = Reader.of(output);
            int before = killed;
            // At most some kills a dataset, each with a resume; then it may end.
            while (killed < kills && killed - before < 8) {
                ChildRun run = start(job, output);
                boolean ended = run.process().waitFor(1 + random.nextInt((int) millis), TimeUnit.MILLISECONDS);
                run.process().destroyForcibly().waitFor();
                killed += ended ? 0 : 1;
                if (Files.exists(output.resolve("manifest.json"))) {
                    assertWhole(output);
                    break;
                }
            }
            Invocation last = start(job, output).await();
            assertThat(last.code()).as(last.err()).isZero();
            looks += reader.stop();
            assertWhole(output);
            // Beside the files of the dataset lies at most what a killed process had not finished writing.
            SortedMap<String, String> files = Snapshot.dataset(output);
            files.keySet().removeIf(name -> PART.matcher(name).matches());
            assertThat(files).isEqualTo(Snapshot.dataset(quiet));
            Invocation left = Invocation.of("gc", output.toString(), "--grace-hours", "0", "--delete");
            assertThat(left.code()).isZero();
            assertThat(Snapshot.dataset(output)).isEqualTo(Snapshot.dataset(quiet));
            completed++;
            System.out.printf(
                    Locale.ROOT,
                    "%d kills, %d datasets, all those of the quiet run; a reader looked %d times and saw none or all%n",
                    killed,
                    completed,
                    looks);
        }
    }

    private ChildRun start(Path job, Path output) throws IOException {
        return ChildRun.prepare(folder.resolve("child"), job, output);
    }

    private static void assertWhole(Path output) {
        assertThat(new PublishedDataset(output.toString()).findings()).isEmpty();
    }

    /** Looks at a dataset again and again, until it is told to stop. */
    private static final class Reader {

        private static final int PAUSE_MILLIS = 20;

        private final Path output;
        private final CompletableFuture<Long> looks = new CompletableFuture<>();
        private volatile boolean stopped;

        private Reader(Path output) {
            this.output = output;
        }

        static Reader of(Path output) {
            Reader reader = new Reader(output);
            Thread thread = new Thread(reader::look, "reader");
            thread.setDaemon(true);
            thread.start();
            return reader;
        }

        private void look() {
            try {
                long times = 0;
                boolean seen = false;
                while (!stopped) {
                    boolean there = Files.exists(output.resolve("manifest.json"));
                    assertThat(there || !seen)
                            .as("a dataset that was there stays")
                            .isTrue();
                    if (there && !seen) {
                        assertWhole(output);
                    }
                    seen = there;
                    times++;
                    Thread.sleep(PAUSE_MILLIS);
                }
                looks.complete(times);
            } catch (InterruptedException | RuntimeException | AssertionError e) {
                looks.completeExceptionally(e);
            }
        }

        /** How often it looked; fails if it ever saw a part. */
        long stop() throws Exception {
            stopped = true;
            return looks.get();
        }
    }
}
