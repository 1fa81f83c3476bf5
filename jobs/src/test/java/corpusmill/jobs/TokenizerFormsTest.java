package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tokenizer.path} may name; no Spark. */
class TokenizerFormsTest {

    private static final Path DEFINITION = Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"bpe", "bpe/"})
    void theFolderOfADefinitionIsTheDefinition(String name) throws IOException {
        Files.createDirectories(folder.resolve("bpe"));
        Files.copy(DEFINITION, folder.resolve("bpe/tokenizer.json"));
        Invocation byFolder = plan(folder + "/" + name);
        assertThat(byFolder.code()).as(byFolder.err()).isZero();
        assertThat(byFolder.out()).isEqualTo(plan(DEFINITION.toString()).out());
    }

    @Test
    void ranksAreKnownByTheirName() throws IOException {
        Path ranks = Files.writeString(folder.resolve("gpt9.tiktoken"), "IQ== 0\n");
        Invocation run = plan(ranks.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("tokenizer.path: " + ranks + ": ", "gpt9", "cl100k_base");
    }

    @Test
    void aFileBesideItThatIsNeededAndAbsentIsNamed() throws IOException {
        Path vocabulary = Files.writeString(folder.resolve("vocab.json"), "{}");
        assertThat(plan(vocabulary.toString()).err()).contains("tokenizer.path: " + vocabulary + ": ", "merges.txt");
    }

    private Invocation plan(String tokenizer) throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(raw.resolve("a.jsonl"), "{\"text\": \"a\"}\n");
        Path job = Files.writeString(
                folder.resolve("job.yaml"),
                "input: [{path: \"" + raw + "\"}]\noutput: \"" + folder.resolve("out") + "\"\ntokenizer: {path: \""
                        + tokenizer + "\"}\n");
        return Invocation.of("plan", "--config", job.toString());
    }
}
