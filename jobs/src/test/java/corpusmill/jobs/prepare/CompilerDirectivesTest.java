package corpusmill.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerDirectivesTest {

    @AfterEach
    void forget() throws JMException {
        System.clearProperty(CompilerDirectives.FILE);
        CompilerDirectives.tell("compilerDirectivesClear", new Object[0]);
    }

    @Test
    void addsThoseOfTheLauncher() throws JMException {
        Path file = Path.of("conf/compiler-small.json").toAbsolutePath();
        System.setProperty(CompilerDirectives.FILE, file.toString());
        assertThat(CompilerDirectives.forSmallInput()).isTrue();
        assertThat(CompilerDirectives.tell("compilerDirectivesPrint", new Object[0]))
                .contains("corpusmill/tokenizer/fast/*.*", "matching: *.*", "Exclude:true");
    }

    @Test
    void goesOnWithoutAndWithAFileThatIsNone(@TempDir Path folder) throws IOException {
        assertThat(CompilerDirectives.forSmallInput()).isFalse();
        Path file = Files.writeString(folder.resolve("directives.json"), "[ { match: 7 } ]");
        System.setProperty(CompilerDirectives.FILE, file.toString());
        assertThat(CompilerDirectives.forSmallInput()).isFalse();
    }
}
