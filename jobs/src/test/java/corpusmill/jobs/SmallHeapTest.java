package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole of a real corpus in a heap of one GiB, without broadcast joins and adaptive execution: the same bytes. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class SmallHeapTest {

    @Test
    void givesTheSameBytes(@TempDir Path folder) throws IOException, InterruptedException {
        Path corpora = Repository.root().resolve("../shared/data/corpora").normalize();
        assumeThat(corpora).as("the shared test data lies beside the project").isDirectory();
        Path job = Files.writeString(folder.resolve("job.yaml"), """
                input: [ { path: "%1$s/jsonl" }, { path: "%1$s/jsonl-zst" }, { path: "%1$s/parquet" }, { path: "%1$s/txt" } ]
                output: "%2$s/large"
                deduplication: { near: { shingle: "words:5" } }
                tokenizer: { path: "%3$s/jobs/sample/tokenizer/tokenizer.json" }
                """.formatted(corpora, folder, Repository.root()));
        Invocation large = Invocation.of("prepare", "--config", job.toString());
        assertThat(large.code()).as(large.err()).isZero();
        List<String> arguments = new ArrayList<>(
                List.of("prepare", "--config", job.toString(), "--set", "output=" + folder.resolve("small")));
        SameBytesTest.WITHOUT_HELP.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Invocation small = ChildRun.start(folder, Map.of(), Map.of(), arguments.toArray(String[]::new))
                .await(SameBytesTest.SMALL_HEAP_MINUTES);
        assertThat(small.code()).as(small.err()).isZero();
        System.out.println(small.out());
        assertThat(Snapshot.dataset(folder.resolve("small")))
                .isEqualTo(Snapshot.dataset(folder.resolve("large")))
                .hasSizeGreaterThan(5);
    }
}
