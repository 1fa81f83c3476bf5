package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.manifest.TokenizerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkFormatsCommandTest {

    private final Path folder;

    BenchmarkFormatsCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void publish() {
        TokenizerEntry tokenizer =
                new TokenizerEntry("gpt2", "ab".repeat(32), "reference", null, 500, "ordinary", List.of(499));
        TinyDataset.publish(folder.toUri(), tokenizer, 1);
    }

    @Test
    void measuresTheRowsOfADataset() throws IOException {
        Invocation run = benchmark(folder.toString(), "--json");
        assertThat(run.err()).isEmpty();
        JsonNode figures = new ObjectMapper().readTree(run.out());
        assertThat(figures.path("measured_bytes").asLong()).isEqualTo(2 * 4 * 2);
        assertThat(figures.path("tokens").asLong()).isEqualTo(6);
        assertThat(figures.path("padding").asDouble()).isEqualTo(0.25);
        assertThat(figures.path("bytes_over_raw_tokens").asDouble()).isGreaterThan(200);
        assertThat(figures.path("gb_per_cpu_second")).hasSize(10);
        figures.path("gb_per_cpu_second")
                .forEach(speed -> assertThat(speed.isNumber()).isTrue());
        assertThat(figures.has("neighbours_train")).as("two rows say nothing").isFalse();
    }

    @Test
    void printsATableForPeople() {
        assertThat(benchmark(folder.toString()).out())
                .contains("write shard ", "read rows ", "tokens: 6\n", "padding: 0.25000\n");
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        Invocation absent = benchmark(folder.resolve("absent").toString());
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("there is no dataset at ");
        Invocation none = benchmark(folder.toString(), "--passes", "0");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--passes and --max-megabytes must be at least 1 but are 0 and 64");
    }

    private static Invocation benchmark(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "benchmark";
        arguments[1] = "formats";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Invocation.of(new FakeJobs(), arguments);
    }
}
