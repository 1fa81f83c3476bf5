package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.ConfigException;
import corpusmill.formats.ConflictException;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.InputException;
import corpusmill.formats.StorageException;
import corpusmill.jobs.prepare.PrepareJob;
import corpusmill.tokenizer.TokenizerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @Test
    void writesItsVersionIntoDatasets() {
        assertThat(PrepareJob.CREATED_BY)
                .isEqualTo("corpusmill " + Version.text().replace("-SNAPSHOT", ""));
    }

    private Path job;

    private final FakeJobs jobs = new FakeJobs();

    @BeforeEach
    void writeAJobFile(@TempDir Path directory) throws IOException {
        job = Files.writeString(
                directory.resolve("job.yaml"), "input: [ { path: 's3://b/web' } ]\noutput: s3://b/v1\n");
    }

    @Test
    void printsASummaryAndWhereTheDatasetIs() {
        Invocation run = Invocation.of(jobs, "prepare", "--config", job.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
            stage      in    out  dropped  seconds  cpu  why
            ingest  1,234  1,200       34      1.3  2.5  INVALID_JSON 30, TOO_SHORT 4
            exact   1,200  1,200        0      0.5  0.5  reused

            dataset      s3://b/v1
            report       s3://b/v1/report.html
            fingerprint  0123456789ab
            requests     7 to S3, by stage in the report

            Read the first shard in Python:
              from pyarrow import fs, ipc
              store, root = fs.FileSystem.from_uri("s3://b/v1")
              rows = ipc.open_file(store.open_input_file(f"{root}/data/0123456789ab/train/tokens-000000.arrow")).read_all()
            """);
    }

    @Test
    void printsExactlyOneJsonObject() throws IOException {
        Invocation run = Invocation.of(jobs, "prepare", "--config", job.toString(), "--json");
        JsonNode object = new ObjectMapper().readTree(run.out());
        assertThat(run.out().lines()).hasSize(1);
        assertThat(object.toString())
                .isEqualTo("{\"dataset\":\"s3://b/v1\",\"fingerprint\":\"0123456789ab\","
                        + "\"report\":\"s3://b/v1/report.html\",\"up_to_date\":false,\"stages\":["
                        + "{\"name\":\"ingest\",\"in\":1234,\"out\":1200,\"dropped\":{\"INVALID_JSON\":30,\"TOO_SHORT\":4},"
                        + "\"seconds\":1.25,\"cpu_seconds\":2.5,\"reused\":false},"
                        + "{\"name\":\"exact\",\"in\":1200,\"out\":1200,\"dropped\":{},"
                        + "\"seconds\":0.5,\"cpu_seconds\":0.5,\"reused\":true}],"
                        + "\"requests\":{\"ingest\":{\"GetObject\":3,\"PutObject\":4}}}");
    }

    @ParameterizedTest
    @CsvSource({"prepare,", "ingest,ingest", "deduplicate,deduplicate", "tokenize,tokenize", "write,"})
    void runsTheFlowUpToAStage(String command, String untilStage) {
        Invocation.of(jobs, command, "--config", job.toString(), "--set", "packing.seed=9", "--set=input.0.source=x");
        assertThat(jobs.options.get(0).untilStage()).isEqualTo(Optional.ofNullable(untilStage));
        assertThat(jobs.configs.get(0).packing().seed()).isEqualTo(9);
        assertThat(jobs.configs.get(0).input().get(0).source()).isEqualTo("x");
    }

    @Test
    void showsAPersonHowARunGoesOn() {
        System.setProperty("corpusmill.terminal", "true"); // as bin/corpusmill does
        try {
            assertThat(Invocation.of(jobs, "prepare", "--config", job.toString())
                            .err())
                    .isEqualTo("\r\u001b[Kingest 1,200 documents\n\r\u001b[Knear: pairs  3 of 1,400 tasks\r\u001b[K");
        } finally {
            System.clearProperty("corpusmill.terminal");
        }
        assertThat(Invocation.of(jobs, "prepare", "--config", job.toString()).err())
                .isEmpty();
    }

    @Test
    void tellsSparkTheMaster() {
        Invocation.of(jobs, "prepare", "--config", job.toString(), "--master", "local[3]");
        assertThat(jobs.configs.get(0).spark()).containsEntry("spark.master", "local[3]");
    }

    @Test
    void doesNotPrintWhereADatasetIsThatIsNotPublished() {
        assertThat(Invocation.of(jobs, "ingest", "--config", job.toString()).out())
                .doesNotContain("Python", "report");
    }

    @Test
    void printsTheConfigurationInsteadOfRunning() {
        Invocation run = Invocation.of(jobs, "prepare", "--config", job.toString(), "--print-config");
        assertThat(run.out())
                .contains("output: \"s3://b/v1\"")
                .contains("# default")
                .contains("# " + job + ":2:9");
        assertThat(jobs.configs).isEmpty();
    }

    @Test
    void printsAPlan() {
        assertThat(Invocation.of(jobs, "plan", "--config", job.toString()).out())
                .isEqualTo("""
                    source  files  bytes
                    web         3  4,096

                    stage   would
                    ingest  be reused
                    exact   run

                    dataset      s3://b/v1
                    fingerprint  0123456789ab
                    would write  about 12,345 bytes
                    would read   about 2,345 bytes
                    requests     about 67 to S3
                    """);
        assertThat(Invocation.of(jobs, "plan", "--config", job.toString(), "--json")
                        .out())
                .startsWith("{\"dataset\":\"s3://b/v1\",")
                .contains("\"sources\":[{\"name\":\"web\",\"files\":3,\"bytes\":4096}]")
                .contains("\"bytes_to_write\":12345,\"bytes_to_read\":2345,\"requests\":67,"
                        + "\"requests_by_stage\":{\"ingest\":{\"GetObject\":60,\"PutObject\":7}}");
    }

    @Test
    void printsWhereTheReportIs() {
        assertThat(Invocation.of(jobs, "report", "s3://b/v1").out()).isEqualTo("s3://b/v1/report.html\n");
    }

    @Test
    void printsVersionSchemaAndHelpWithoutJobs() {
        Jobs none = new FakeJobs(new AssertionError("no jobs"));
        assertThat(Invocation.of(none, "--version").out())
                .matches("corpusmill \\d+\\.\\d+\\.\\d+\\S* \\(format corpusmill/1, Java .+\\)\n");
        assertThat(Invocation.of(none, "schema").out()).startsWith("{").contains("\"sequence-length\"");
        Invocation help = Invocation.of(none, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("prepare", "compare", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepare",
                "ingest",
                "deduplicate",
                "tokenize",
                "write",
                "plan",
                "verify",
                "inspect",
                "report",
                "compare",
                "export",
                "doctor",
                "gc",
                "schema",
                "completion"
            })
    void explainsEveryCommandWithAnExample(String command) {
        Invocation help = Invocation.of(jobs, command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: corpusmill " + command).contains("corpusmill " + command + " ");
    }

    @ParameterizedTest
    @CsvSource({"corpusmill pre, prepare", "corpusmill inspect --so, --source"})
    void letsBashComplete(String line, String expected, @TempDir Path directory) throws Exception {
        Invocation run = Invocation.of(jobs, "completion");
        assertThat(run.code()).isZero();
        Path script = Files.writeString(directory.resolve("corpusmill.bash"), run.out());
        // Outside a completion there is no compopt.
        String ask = "compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " _complete_corpusmill; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", ask.formatted(script, line))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringWhitespace(expected);
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void theSchemaThatTheDagChecksParamsWithIsTheOnePrinted() {
        assertThat(Invocation.of(jobs, "schema").out())
                .as("corpusmill schema > airflow/dags/corpusmill_airflow/job.schema.json")
                .isEqualTo(Repository.read(Path.of("airflow/dags/corpusmill_airflow/job.schema.json")));
    }

    @Test
    void printsItsHelpWithoutACommand() {
        Invocation run = Invocation.of(jobs);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).startsWith("Usage: corpusmill");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConfigException("config"), 2),
                Arguments.of(new TokenizerException("tokenizer"), 2),
                Arguments.of(new InputException("input"), 3),
                Arguments.of(new DamagedDatasetException("damage"), 4),
                Arguments.of(new StorageException("storage"), 5),
                Arguments.of(new ConflictException("conflict"), 6),
                Arguments.of(new IllegalStateException("task", new IOException(new StorageException("storage"))), 5));
    }

    @Test
    void takesAFailureOfSparksOwnFilesForOneOfStorage() {
        Throwable failure = new IllegalStateException("Job aborted", new IOException("No space left on device"));
        Invocation run = Invocation.of(new FakeJobs(failure), "prepare", "--config", job.toString());
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .isEqualTo("corpusmill: reading or writing failed: IOException: No space left on device;"
                        + " check space, permissions and network, then run again\n");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void endsWithTheCodeOfTheFailureAndOneSentence(Throwable failure, int code) {
        Invocation run = Invocation.of(new FakeJobs(failure), "prepare", "--config", job.toString());
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        assertThat(run).isEqualTo(new Invocation(code, "", "corpusmill: " + root.getMessage() + "\n"));
    }

    @Test
    void callsEverythingElseADefect() {
        Jobs broken = new FakeJobs(new IllegalStateException("index\nsecond line"));
        Invocation run = Invocation.of(broken, "prepare", "--config", job.toString());
        assertThat(run)
                .isEqualTo(new Invocation(
                        1,
                        "",
                        "corpusmill: this is a defect of Corpusmill: java.lang.IllegalStateException: index;"
                                + " run again with --verbose for the stack trace and report it\n"));
        Invocation verbose = Invocation.of(broken, "prepare", "--config", job.toString(), "--verbose");
        assertThat(verbose.err()).contains("\tat corpusmill.jobs.MainTest");
        assertThat(Invocation.of(broken, "--verbose", "prepare", "--config", job.toString())
                        .err())
                .contains("\tat ");
    }

    @Test
    void saysWhatToDoAboutAFullHeap() {
        Invocation run =
                Invocation.of(new FakeJobs(new OutOfMemoryError("heap")), "prepare", "--config", job.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .matches("corpusmill: the Java heap of \\d+ MiB is full; give more with CORPUSMILL_HEAP=8g"
                        + " or run fewer tasks with --set spark.master=local\\[2]\n");
    }

    static Stream<Arguments> usage() {
        return Stream.of(
                Arguments.of(
                        List.of("prepar"),
                        "Unmatched argument at index 0: 'prepar'; did you mean prepare? otherwise see corpusmill"
                                + " --help"),
                Arguments.of(
                        List.of("prepare"), "Missing required option: '--config=FILE'; see corpusmill prepare --help"),
                Arguments.of(
                        List.of("verify", "a", "--quik"),
                        "Unknown option: '--quik'; did you mean --quick? otherwise see corpusmill verify --help"),
                Arguments.of(
                        List.of("inspect", "a", "--row", "x"),
                        "Invalid value for option '--row': 'x' is not a long; see corpusmill inspect --help"),
                Arguments.of(
                        List.of("inspect", "a", "--row", "1", "--document", "2"),
                        "Error: --document=ID, --row=N are mutually exclusive (specify only one); see corpusmill"
                                + " inspect --help"),
                Arguments.of(
                        List.of("compare", "a"),
                        "Missing required parameter: 'DATASET'; see corpusmill compare --help"));
    }

    @ParameterizedTest
    @MethodSource("usage")
    void explainsBadArguments(List<String> arguments, String sentence) {
        assertThat(Invocation.of(jobs, arguments.toArray(new String[0])))
                .isEqualTo(new Invocation(2, "", "corpusmill: " + sentence + "\n"));
    }

    @Test
    void namesAJobFileThatIsNotThere() {
        Invocation run = Invocation.of(jobs, "prepare", "--config", "no/job.yaml");
        assertThat(run)
                .isEqualTo(new Invocation(
                        2,
                        "",
                        "corpusmill: no/job.yaml: there is no such job file;"
                                + " give its path relative to the working directory with --config\n"));
    }
}
