package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on behind one that was killed before it published. */
@ExtendWith(LocalSpark.class)
class ResumeTest {

    @TempDir
    private Path folder = Path.of("");

    private static void run(Path job) {
        Invocation run = Invocation.of("prepare", "--config", job.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void writesNoShardTwice() throws IOException {
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 17);
        Path output = folder.resolve("out");
        Path job = corpus.jobFile(folder.resolve("job.yaml"), output.toString());
        run(job);
        SortedMap<String, String> dataset = Snapshot.dataset(output);
        SortedMap<String, String> first = Snapshot.of(output.resolve("data"));
        String train = first.keySet().stream()
                .filter(name -> name.endsWith("train/tokens-000001.arrow"))
                .findFirst()
                .orElseThrow();
        String other = train.replace("000001", "000002");
        String index = train.replace("000001.arrow", "000000.idx");

        Files.delete(output.resolve("manifest.json"));
        Files.delete(output.resolve("data").resolve(train));
        Files.delete(output.resolve("data").resolve(index));
        Files.write(output.resolve("data").resolve(other), new byte[17]);
        SortedMap<String, String> kept = Snapshot.of(output.resolve("data"));
        kept.keySet().removeIf(name -> !name.endsWith(".arrow") || name.equals(other));
        kept.remove(index.replace(".idx", ".arrow"));
        assertThat(kept).isNotEmpty();
        run(job);
        assertThat(Snapshot.dataset(output)).isEqualTo(dataset);
        assertThat(Snapshot.of(output.resolve("data"))).containsAllEntriesOf(kept); // times of the first run, too
    }

    @Test
    void makesAStageAnewOfWhichAFileWasCut() throws IOException {
        SmallCorpus corpus = SmallCorpus.write(folder.resolve("raw"), 17);
        Path output = folder.resolve("out");
        Path job = corpus.jobFile(folder.resolve("job.yaml"), output.toString());
        run(job);
        SortedMap<String, String> dataset = Snapshot.dataset(output);
        Path ingest;
        try (Stream<Path> files = Files.walk(folder.resolve("out.work/ingest"))) {
            ingest = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(ingest);
        Files.write(ingest, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Files.delete(output.resolve("manifest.json"));
        run(job);
        assertThat(Snapshot.dataset(output)).isEqualTo(dataset);
        Invocation left = Invocation.of("gc", output + ".work", "--grace-hours", "0", "--delete");
        assertThat(left.code()).as(left.err()).isZero();
        assertThat(ingest).doesNotExist(); // named by nothing since
    }
}
