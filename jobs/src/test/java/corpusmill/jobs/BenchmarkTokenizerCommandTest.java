package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTokenizerCommandTest {

    private static final Path TOKENIZER = Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json");

    @Test
    void measuresEachFileApartAndHashesTheIdsOfTheReferenceEngine(@TempDir Path folder) throws Exception {
        Path lines = Files.writeString(
                folder.resolve("a.jsonl"), "{\"text\": \"One, two.\"}\n\n{\"text\": \"drei ünd 青空\"}\n");
        Path text = Files.writeString(folder.resolve("b.txt"), "a text\nof two lines");
        Invocation run = benchmark("--text", lines.toString(), text.toString(), "--threads", "2", "--json");
        assertThat(run.err()).isEmpty();
        JsonNode files = new ObjectMapper().readTree(run.out()).path("files");
        assertThat(files).hasSize(2);
        assertThat(files.get(0).path("documents").asInt()).isEqualTo(2);
        assertThat(files.get(0).path("ids_sha256").asText()).isEqualTo(hash("One, two.", "drei ünd 青空"));
        assertThat(files.get(1).path("ids_sha256").asText()).isEqualTo(hash("a text\nof two lines"));
        for (JsonNode file : files) {
            assertThat(file.path("first_mb_per_cpu_second").asDouble()).isPositive();
            assertThat(file.path("warm_mb_per_cpu_second").asDouble()).isPositive();
            assertThat(file.path("state_bytes").asLong()).isBetween(0L, 16L << 20);
        }
    }

    @Test
    void cutsALongTextBetweenCharacters(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("long.txt"), "é".repeat(700_001));
        assertThat(BenchmarkTexts.read(text, 1_000_001).get(0)).hasSize(1_000_000);
    }

    @Test
    void saysWhichLineIsNoDocument(@TempDir Path folder) throws IOException {
        Path lines = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"x\"}\n{\"body\": \"x\"}\n");
        Invocation run = benchmark("--text", lines.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("a.jsonl: line 2 has no text in its field 'text'");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Invocation run = benchmark("--text", "absent.txt");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("absent.txt does not exist");
    }

    @Test
    void printsHelpWhenNothingIsNamed() {
        Invocation run = Invocation.of(new FakeJobs(), "benchmark");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("benchmark", "tokenizer");
    }

    private static Invocation benchmark(String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "benchmark";
        arguments[1] = "tokenizer";
        arguments[2] = "--tokenizer";
        arguments[3] = TOKENIZER.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Invocation.of(new FakeJobs(), arguments);
    }

    private static String hash(String... documents) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (Tokenizer reference =
                Tokenizers.open(TokenizerDefinition.read(TOKENIZER), EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            for (String document : documents) {
                byte[] utf8 = document.getBytes(StandardCharsets.UTF_8);
                TokenBuffer ids = new TokenBuffer();
                reference.encoder().encode(utf8, 0, utf8.length, ids);
                for (int id : ids.toArray()) {
                    sha256.update(ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(id)
                            .array());
                }
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
