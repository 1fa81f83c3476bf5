package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.InputException;
import corpusmill.jobs.testing.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program as a guest in a process that has a Spark session already. */
@ExtendWith(LocalSpark.class)
class HostedMainTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsOfAFailureByAnException() throws IOException {
        Path job = Files.writeString(folder.resolve("job.yaml"), "input: [ { path: a } ]\noutput: b\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        FakeJobs jobs = new FakeJobs(new InputException("the input has too many bad records"));
        assertThatThrownBy(() -> HostedMain.run(
                        new String[] {"prepare", "--config", job.toString()}, System.out, errors, () -> jobs))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "corpusmill prepare ended with exit code 3; the sentence that says why is on standard error");
        assertThat(err).hasToString("corpusmill: the input has too many bad records\n");
        assertThatCode(() -> HostedMain.run(
                        new String[] {"prepare", "--config", job.toString()}, System.out, errors, FakeJobs::new))
                .doesNotThrowAnyException();
    }

    @Test
    void takesTheSessionThatIsThereAndLeavesItRunning(SparkSession spark) throws IOException {
        SmallCorpus corpus = SmallCorpus.write(Files.createDirectory(folder.resolve("raw")), 7);
        Path job = corpus.jobFile(
                folder.resolve("job.yaml"), folder.resolve("dataset").toString());
        try {
            HostedMain.main(new String[] {"prepare", "--config", job.toString()});
            assertThat(System.getProperty("corpusmill.master"))
                    .isEqualTo(spark.sparkContext().master());
        } finally {
            System.clearProperty("corpusmill.master");
        }
        assertThat(folder.resolve("dataset/manifest.json")).exists();
        assertThat(spark.sparkContext().isStopped()).isFalse();
    }
}
