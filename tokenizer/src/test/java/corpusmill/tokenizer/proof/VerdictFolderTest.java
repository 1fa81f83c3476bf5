package corpusmill.tokenizer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictFolderTest {
    private static final String PROPERTY = "corpusmill.proofs";

    private final String before = System.getProperty(PROPERTY, "");

    @AfterEach
    void restore() {
        System.setProperty(PROPERTY, before);
    }

    @Test
    void holdsWhatWasKeptAndNothingElse(@TempDir Path folder) throws IOException {
        System.setProperty(PROPERTY, folder.resolve("a/b").toString());
        assertThat(VerdictFolder.holds("one", "12")).isFalse();

        VerdictFolder.keep("one", "12");

        assertThat(VerdictFolder.holds("one", "12")).isTrue();
        assertThat(VerdictFolder.holds("one", "13")).isFalse();
        assertThat(VerdictFolder.holds("two", "12")).isFalse();
        assertThat(folder.resolve("a/b")).isDirectoryContaining(path -> path.endsWith("one"));
        Files.writeString(folder.resolve("a/b/one"), "1");
        assertThat(VerdictFolder.holds("one", "12")).isFalse();
    }

    @Test
    void keepsNothingWhereNoFolderIsNamed() {
        System.setProperty(PROPERTY, "");
        VerdictFolder.keep("one", "12");
        assertThat(VerdictFolder.holds("one", "12")).isFalse();
    }

    @Test
    void failsAtNothingWhereTheFolderCannotBe(@TempDir Path folder) throws IOException {
        System.setProperty(
                PROPERTY, Files.writeString(folder.resolve("file"), "").toString());
        VerdictFolder.keep("one", "12");
        assertThat(VerdictFolder.holds("one", "12")).isFalse();
    }

    @Test
    void tellsOneBuildFromAnother() {
        assertThat(EngineVersion.of(Proof.class)).matches("[0-9a-f]{8}").isNotEqualTo(EngineVersion.of(Test.class));
        assertThat(EngineVersion.of(String.class)).isNull();
    }

    @Test
    void isNotUsedByTests() {
        assertThat(before).isEmpty();
        assertThat(System.getProperties()).containsKey(PROPERTY);
    }
}
