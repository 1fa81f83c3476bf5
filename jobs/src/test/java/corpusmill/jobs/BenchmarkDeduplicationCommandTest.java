package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.SignatureKernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkDeduplicationCommandTest {

    private static final String TEXT = "one two three four five six seven";

    @Test
    void measuresAndHashesTheKeys(@TempDir Path folder) throws IOException {
        Path lines = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"" + TEXT + "\"}\n");
        Invocation run = benchmark("--text", lines.toString(), "--shingle", "words:3", "--json");
        assertThat(run.err()).isEmpty();
        JsonNode figures = new ObjectMapper().readTree(run.out());
        assertThat(figures.path("bands").asInt()).isEqualTo(13);
        assertThat(figures.path("rows").asInt()).isEqualTo(7);
        JsonNode file = figures.path("files").get(0);
        assertThat(file.path("bytes").asInt()).isEqualTo(TEXT.length());
        assertThat(file.path("mb_per_cpu_second").asDouble()).isPositive();
        long hash = 1;
        NearConfig near =
                new NearConfig(true, new NearConfig.Shingle(NearConfig.Shingle.Unit.WORDS, 3), 0.8, 0.95, 1);
        for (long key : new SignatureKernel(near).keys(TEXT.getBytes(StandardCharsets.UTF_8))) {
            hash = 31 * hash + key;
        }
        assertThat(file.path("keys_hash").asText()).isEqualTo(String.format("%016x", hash));
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertRefused(
                "--shingle must be auto, words:N or characters:N with N from 1 to 100 but is words", "--shingle", "words");
        assertRefused("--threshold must be a number in (0, 1] but is 1.5", "--threshold", "1.5");
        assertRefused("--passes and --max-megabytes must be at least 1 but are 0 and 64", "--passes", "0");
        assertRefused("absent.txt does not exist");
    }

    private static void assertRefused(String message, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--text";
        arguments[1] = "absent.txt";
        System.arraycopy(more, 0, arguments, 2, more.length);
        Invocation run = benchmark(arguments);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    private static Invocation benchmark(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "benchmark";
        arguments[1] = "deduplication";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Invocation.of(new FakeJobs(), arguments);
    }
}
