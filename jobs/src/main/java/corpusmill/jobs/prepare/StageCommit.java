package corpusmill.jobs.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How Spark's tasks write the files of a stage's result: straight to the folder where they stay, without a rename, a
 * listing or a folder for each attempt. What a task wrote travels to the driver with its result, and who reads goes by
 * these names alone.
 *
 * <p>A name holds the task's place and the number of its attempt, {@code part-00007-42-c000.zstd.parquet}. The rows of a
 * stage's result have no order, so two attempts of a task write the same rows but not always the same bytes: under one
 * name a late attempt (a speculative copy, an executor that was given up and still lives) would replace a file whose size
 * is known and that is being read. Under two names each file is written once and never changes. Of the attempts of a task
 * Spark's scheduler takes the first that ends well and drops what the others say, so exactly one is named; their files
 * are never read, and {@code gc} removes them. Nothing here asks that a store show a file only when it is closed, so one
 * way serves object stores, HDFS and local disks: a half-written file has no one who names it.
 *
 * <p>Spark makes the instances, by the class's name: one on the driver, one for each task.
 */
public final class StageCommit extends FileCommitProtocol implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";

    /** Path of a folder → what its job wrote, until {@link #write} takes it. */
    private static final Map<String, List<StageFile>> COMMITTED = new ConcurrentHashMap<>();

    private final String folder;
    private transient @Nullable List<Path> begun;

    /**
     * As Spark calls it.
     *
     * @param job its number of the job
     * @param folder where the files go
     */
    public StageCommit(String job, String folder) {
        this.folder = folder;
    }

    /**
     * Writes rows as Parquet to a folder that no one else writes to.
     *
     * @param folder as Spark wants it told
     * @param options of Spark's writer
     * @return the files, by place
     */
    static List<StageFile> write(Dataset<?> rows, String folder, Map<String, String> options) {
        RuntimeConfig settings = rows.sparkSession().conf();
        Option<String> before = settings.getOption(PROTOCOL);
        settings.set(PROTOCOL, StageCommit.class.getName());
        try {
            // Appending is what asks no store whether the folder is there.
            rows.write().options(options).mode(SaveMode.Append).parquet(folder);
        } finally {
            if (before.isDefined()) {
                settings.set(PROTOCOL, before.get());
            } else {
                settings.unset(PROTOCOL);
            }
        }
        return taken(folder);
    }

    /** What the job of a folder committed; only once. */
    static List<StageFile> taken(String folder) {
        return Objects.requireNonNull(COMMITTED.remove(key(folder)), "the job of " + folder + " was not committed");
    }

    // Spark adds what is missing of scheme and host.
    private static String key(String folder) {
        return new Path(folder).toUri().getPath();
    }

    @Override
    public void setupJob(JobContext job) {}

    @Override
    public void setupTask(TaskAttemptContext task) {
        begun = new ArrayList<>();
    }

    private List<Path> begun() {
        return Objects.requireNonNull(begun, "Spark sets a task up before it writes");
    }

    private String begin(TaskAttemptContext task, Option<String> partition, String start, String ending) {
        if (partition.isDefined()) {
            throw new IllegalArgumentException("a stage's result has no folders but was given " + partition.get());
        }
        Path file = new Path(
                folder,
                String.format(
                        Locale.ROOT,
                        "%spart-%05d-%d%s",
                        start,
                        task.getTaskAttemptID().getTaskID().getId(),
                        task.getTaskAttemptID().getId(),
                        ending));
        begun().add(file);
        return file.toString();
    }

    @Override
    public String newTaskTempFile(TaskAttemptContext task, Option<String> partition, FileNameSpec name) {
        return begin(task, partition, name.prefix(), name.suffix());
    }

    @Override
    @Deprecated // by Spark, whose older lines leave it abstract
    public String newTaskTempFile(TaskAttemptContext task, Option<String> partition, String ending) {
        return begin(task, partition, "", ending);
    }

    private static IllegalArgumentException elsewhere(String place) {
        return new IllegalArgumentException("a stage's result lies in one folder but was given " + place);
    }

    @Override
    public String newTaskTempFileAbsPath(TaskAttemptContext task, String place, FileNameSpec name) {
        throw elsewhere(place);
    }

    @Override
    @Deprecated // by Spark, whose older lines leave it abstract
    public String newTaskTempFileAbsPath(TaskAttemptContext task, String place, String ending) {
        throw elsewhere(place);
    }

    /** Names what is closed by now; that it is there and how large it is, is the store's word. */
    @Override
    public TaskCommitMessage commitTask(TaskAttemptContext task) {
        ArrayList<StageFile> written = new ArrayList<>();
        try {
            for (Path file : begun()) {
                long bytes = file.getFileSystem(task.getConfiguration())
                        .getFileStatus(file)
                        .getLen();
                written.add(new StageFile(file.getName(), bytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TaskCommitMessage(written);
    }

    /** Removes what a failed attempt wrote; what stays behind, since the attempt was killed, is never named. */
    @Override
    public void abortTask(TaskAttemptContext task) {
        try {
            for (Path file : begun()) {
                file.getFileSystem(task.getConfiguration()).delete(file, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void commitJob(JobContext job, scala.collection.immutable.Seq<TaskCommitMessage> tasks) {
        List<StageFile> files = new ArrayList<>();
        for (TaskCommitMessage task : CollectionConverters.asJava(tasks)) {
            files.addAll((List<StageFile>) task.obj());
        }
        COMMITTED.put(key(folder), List.copyOf(files));
    }

    @Override
    public void abortJob(JobContext job) {}
}
