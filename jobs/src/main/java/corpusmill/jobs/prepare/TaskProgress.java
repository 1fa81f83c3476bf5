package corpusmill.jobs.prepare;

import java.util.Properties;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the tasks of a step and tells of them, some times a second at most. Spark calls it from one thread. */
final class TaskProgress extends SparkListener {

    private static final long PAUSE_NANOS = 200_000_000;

    private final RunProgress progress;
    private String step = "";
    private long done;
    private long all;
    private long last;

    TaskProgress(RunProgress progress) {
        this.progress = progress;
        this.last = System.nanoTime() - PAUSE_NANOS;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        Properties properties = submitted.properties();
        String now = properties == null ? "" : properties.getProperty("spark.job.description", "");
        if (!now.equals(step)) {
            step = now;
            done = 0;
            all = 0;
        }
        all += submitted.stageInfo().numTasks();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        done++;
        long now = System.nanoTime();
        if (now - last >= PAUSE_NANOS) {
            last = now;
            progress.tasks(step, Math.min(done, all), all);
        }
    }
}
