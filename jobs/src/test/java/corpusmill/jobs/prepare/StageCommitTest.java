package corpusmill.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Attempts of tasks that fail, are late or come twice, and what of them is named. */
@ExtendWith(LocalSpark.class)
class StageCommitTest {

    /** A row. */
    public record OneLong(long value) {}

    private static final String ENDING = "-c000.zstd.parquet";

    @TempDir
    private Path folder = Path.of("");

    private static TaskAttemptContext attempt(int place, int number) {
        TaskID task = new TaskID(new JobID("20261128", 1), TaskType.MAP, place);
        return new TaskAttemptContextImpl(new Configuration(), new TaskAttemptID(task, number));
    }

    private StageCommit protocol() {
        return new StageCommit("job", folder.toUri().toString());
    }

    private static Path begin(StageCommit protocol, TaskAttemptContext attempt, String content) throws IOException {
        protocol.setupTask(attempt);
        Path file = Path.of(
                java.net.URI.create(protocol.newTaskTempFile(attempt, Option.empty(), new FileNameSpec("", ENDING))
                        .replace("file:/", "file:///")));
        return Files.writeString(file, content);
    }

    @Test
    void namesTheAttemptThatEndedFirstAndLeavesItsFileAloneWhenAnotherComesLate() throws IOException {
        StageCommit first = protocol();
        StageCommit second = protocol();
        TaskAttemptContext early = attempt(7, 41);
        TaskAttemptContext late = attempt(7, 42);
        Path whole = begin(first, early, "the rows of place 7");
        TaskCommitMessage message = first.commitTask(early);
        Path copy = begin(second, late, "of place 7 the rows, and longer");
        StageCommit driver = protocol();
        JobContext job = new JobContextImpl(new JobConf(), new JobID("20261128", 1));
        driver.commitJob(job, CollectionConverters.asScala(List.of(message)).toSeq());
        second.commitTask(late); // nobody asks for this one's message any more

        assertThat(whole).isNotEqualTo(copy).hasContent("the rows of place 7");
        assertThat(whole.getFileName()).hasToString("part-00007-41" + ENDING);
        assertThat(StageCommit.taken(folder.toUri().toString()))
                .containsExactly(new StageFile("part-00007-41" + ENDING, 19));
    }

    @Test
    void removesWhatAFailedAttemptWroteAndNothingElse() throws IOException {
        StageCommit good = protocol();
        Path whole = begin(good, attempt(0, 1), "rows");
        StageCommit bad = protocol();
        Path half = begin(bad, attempt(0, 2), "ro");
        bad.abortTask(attempt(0, 2));
        assertThat(half).doesNotExist();
        assertThat(whole).hasContent("rows");
    }

    @Test
    void failsTheTaskWhoseFileIsNotThere() throws IOException {
        StageCommit protocol = protocol();
        TaskAttemptContext attempt = attempt(3, 5);
        Files.delete(begin(protocol, attempt, "rows"));
        assertThatThrownBy(() -> protocol.commitTask(attempt)).hasMessageContaining("part-00003-5" + ENDING);
    }

    @Test
    void writesNoFolders() {
        StageCommit protocol = protocol();
        assertThatThrownBy(() ->
                        protocol.newTaskTempFile(attempt(0, 0), Option.apply("day=1"), new FileNameSpec("", ENDING)))
                .hasMessage("a stage's result has no folders but was given day=1");
        assertThatThrownBy(() -> protocol.newTaskTempFileAbsPath(attempt(0, 0), "/x", new FileNameSpec("", ENDING)))
                .hasMessage("a stage's result lies in one folder but was given /x");
    }

    @Test
    void readsEveryRowOnceWhenTasksFailInTheMiddleAndAreTriedAgain() throws IOException {
        LocalSpark.stop();
        SparkSession spark = SparkSession.builder()
                .master("local[2,3]") // three tries of a task
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        String protocol = "spark.sql.sources.commitProtocolClass";
        String before = spark.conf().get(protocol);
        MapPartitionsFunction<Long, Long> fails = StageCommitTest::failTwice;
        Dataset<Long> rows = spark.range(0, 10_000, 1, 4).as(Encoders.LONG()).mapPartitions(fails, Encoders.LONG());
        Path place = folder.resolve("data");
        List<StageFile> files = StageCommit.write(rows, place.toUri().toString(), Map.of());
        assertThat(spark.conf().get(protocol)).isEqualTo(before);
        assertThat(files).hasSize(4);
        for (StageFile file : files) {
            assertThat(place.resolve(file.name())).hasSize(file.bytes());
        }
        // What is left behind of a failed attempt is never read.
        Files.copy(place.resolve(files.get(0).name()), place.resolve("part-00000-99" + ENDING));
        StageResult result = new StageResult("rows", place.toUri(), files, 0, 0, false);
        Dataset<OneLong> read = result.read(spark, OneLong.class);
        assertThat(read.as(Encoders.LONG()).collectAsList())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10_000).boxed().toList());
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(4 + 1);
        }
    }

    private static Iterator<Long> failTwice(Iterator<Long> rows) {
        List<Long> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        TaskContext task = TaskContext.get();
        Iterator<Long> given = all.iterator();
        boolean failing = task.partitionId() % 2 == 1 && task.attemptNumber() < 2;
        return new Iterator<>() {
            private int left = failing ? all.size() / 2 : all.size();

            @Override
            public boolean hasNext() {
                if (failing && left == 0) {
                    throw new IllegalStateException("this attempt ends here");
                }
                return given.hasNext();
            }

            @Override
            public Long next() {
                left--;
                return given.next();
            }
        };
    }

    @Test
    void makesAFileEvenOfNoRows(SparkSession spark) {
        Path place = folder.resolve("none");
        List<StageFile> files = StageCommit.write(
                spark.emptyDataset(Encoders.LONG()), place.toUri().toString(), Map.of());
        assertThat(files).hasSize(1);
        StageResult result = new StageResult("none", place.toUri(), files, 0, 0, false);
        assertThat(result.read(spark, OneLong.class).count()).isZero();
    }
}
