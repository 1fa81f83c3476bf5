package corpusmill.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionFilesTest {

    @ParameterizedTest
    @CsvSource({
        "r50k_base, r50k_base.tiktoken",
        "p50k_base, p50k_base.tiktoken",
        "cl100k_base, cl100k_base.tiktoken",
        "o200k_base, o200k_base.tiktoken",
        "qwen1, qwen.tiktoken",
        "gpt2, vocab.json",
        "gpt2, merges.txt"
    })
    void givesTheFingerprintOfTheTokenizerJsonThatMeansTheSame(String name, String file) {
        TokenizerDefinition other = TokenizerDefinition.read(SharedData.file(name, file));
        assertThat(other.fingerprint()).isEqualTo(SharedData.definition(name).fingerprint());
        assertThat(other.endOfSequence()).isPresent();
    }

    @Test
    void readsAFolderByWhatItHolds(@TempDir Path folder) throws IOException {
        Files.copy(SharedData.file("gpt2", "vocab.json"), folder.resolve("vocab.json"));
        Files.copy(SharedData.file("gpt2", "merges.txt"), folder.resolve("merges.txt"));
        TokenizerDefinition gpt2 = TokenizerDefinition.read(folder);
        assertThat(gpt2.name()).isEqualTo(folder.getFileName().toString());
        assertThat(gpt2.fingerprint()).isEqualTo(SharedData.definition("gpt2").fingerprint());
        Files.writeString(folder.resolve("tokenizer.json"), Samples.TINY);
        assertThat(TokenizerDefinition.read(folder).fingerprint())
                .isEqualTo(Samples.tiny().fingerprint());
    }

    @Test
    void namesTheLineOfARanksFileThatIsDamaged() {
        assertThatThrownBy(() -> ranks("cl100k_base", alphabet() + "YWI= x\n"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("line 257 must be a token in Base64, a blank and a rank, but is 'YWI= x'");
        assertThatThrownBy(() -> ranks("cl100k_base", alphabet() + "YW*= 300\n"))
                .hasMessageContaining("line 257 must be a token in Base64");
        assertThatThrownBy(() -> ranks("cl100k_base", alphabet() + "YWI= 97\n"))
                .hasMessageContaining("line 257 gives rank 97, which line 98 gives too");
        assertThatThrownBy(() -> ranks("cl100k_base", alphabet() + "YQ== 300\n"))
                .hasMessageContaining("line 257 repeats a token of an earlier line");
        assertThatThrownBy(() -> ranks("cl100k_base", "YQ== 0\n"))
                .hasMessageContaining("no line gives the single byte 0");
    }

    @Test
    void refusesARanksFileOfWhichTheSplitIsNotKnown() {
        assertThatThrownBy(() -> ranks("mine", alphabet()))
                .hasMessageContaining("'mine' is none of r50k_base, p50k_base, cl100k_base, o200k_base, qwen");
    }

    @Test
    void leavesOutMergesForTokensThatMergingCannotReach() {
        // "abc" needs "ab" or "bc", and neither is a token: it is found as a whole only.
        String ranks = alphabet() + line("abc", 300) + line("de", 301) + line("def", 302);
        TokenizerDefinition definition = ranks("r50k_base", ranks);
        assertThat(definition.tree().at("/model/merges").toString()).isEqualTo("[[\"d\",\"e\"],[\"de\",\"f\"]]");
        assertThat(definition.tree().at("/model/ignore_merges").asBoolean()).isTrue();
    }

    @Test
    void namesTheLineOfMergesThatIsDamaged() {
        String vocabulary = vocabulary();
        assertThatThrownBy(() -> merges(vocabulary, "#version: 0.2\na b\na b c\n", null))
                .hasMessageContaining("merges.txt: line 3 must be two tokens with a blank between but is 'a b c'");
        assertThatThrownBy(() -> merges(vocabulary, "a c\n", null))
                .hasMessageContaining("merges.txt: line 1 needs the token 'ac', which is not in vocab.json");
        assertThatThrownBy(() -> merges(vocabulary.replace("\"ab\":256", "\"ab\":\"x\""), "", null))
                .hasMessageContaining("vocab.json: $['ab'] must be an id but is \"x\"");
    }

    @Test
    void refusesVocabulariesOfOtherFamilies() {
        assertThatThrownBy(() -> merges(vocabulary().replace("\"ab\"", "\"ab</w>\""), "", null))
                .hasMessageContaining("ends a word with </w>")
                .hasMessageContaining("use the tokenizer.json");
        assertThatThrownBy(() -> merges(vocabulary(), "a b", "{\"tokenizer_class\": \"Qwen2Tokenizer\"}"))
                .hasMessageContaining("$.tokenizer_class is 'Qwen2Tokenizer', not GPT2Tokenizer");
        assertThatThrownBy(() -> merges("{\"a\": 0}", "", null)).hasMessageContaining("no token for the single byte 0");
    }

    @Test
    void saysWhichOfTheTwoFilesIsNotThere() {
        Map<String, byte[]> one = Map.of("vocab.json", vocabulary().getBytes(UTF_8));
        assertThatThrownBy(() -> DefinitionFiles.read("f", "vocab.json", one::get))
                .hasMessageContaining("Tokenizer file merges.txt is not there");
        assertThatThrownBy(() -> DefinitionFiles.read("f", "", Map.<String, byte[]>of()::get))
                .hasMessageContaining("folder 'f' holds neither tokenizer.json nor vocab.json");
    }

    private static TokenizerDefinition ranks(String name, String content) {
        return DefinitionFiles.read("folder", name + ".tiktoken", file -> content.getBytes(UTF_8));
    }

    private static TokenizerDefinition merges(String vocabulary, String merges, @Nullable String config) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("vocab.json", vocabulary.getBytes(UTF_8));
        files.put("merges.txt", merges.getBytes(UTF_8));
        if (config != null) {
            files.put("tokenizer_config.json", config.getBytes(UTF_8));
        }
        return DefinitionFiles.read("folder", "merges.txt", files::get);
    }

    private static String alphabet() {
        StringBuilder lines = new StringBuilder();
        for (int value = 0; value < 256; value++) {
            lines.append(Base64.getEncoder().encodeToString(new byte[] {(byte) value}))
                    .append(' ')
                    .append(value)
                    .append('\n');
        }
        return lines.toString();
    }

    private static String line(String token, int rank) {
        return Base64.getEncoder().encodeToString(token.getBytes(UTF_8)) + " " + rank + "\n";
    }

    private static String vocabulary() {
        StringBuilder json = new StringBuilder("{\"ab\":256");
        for (int value = 0; value < 256; value++) {
            char letter = ByteAlphabet.letter(value);
            json.append(",\"")
                    .append(letter == '"' || letter == '\\' ? "\\" : "")
                    .append(letter)
                    .append("\":")
                    .append(value);
        }
        return json.append('}').toString();
    }
}
