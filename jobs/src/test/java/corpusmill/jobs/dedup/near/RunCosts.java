package corpusmill.jobs.dedup.near;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What the tasks of a session moved and held. As the setting {@code spark.extraListeners} it prints that at the end.
 * Thread-safe.
 */
public final class RunCosts extends SparkListener {

    private long shuffled;
    private long spilled;
    private long taskMemory;

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        TaskMetrics metrics = end.taskMetrics();
        if (metrics != null) {
            shuffled += metrics.shuffleWriteMetrics().bytesWritten();
            spilled += metrics.diskBytesSpilled();
            taskMemory = Math.max(taskMemory, metrics.peakExecutionMemory());
        }
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        System.err.println(this);
    }

    /** Bytes that shuffles wrote. */
    synchronized long shuffled() {
        return shuffled;
    }

    @Override
    public synchronized String toString() {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                .sum();
        return String.format(
                Locale.ROOT,
                "shuffled %,d bytes, spilled %,d, at most %,d in a task; peak heap %,d of %,d",
                shuffled,
                spilled,
                taskMemory,
                heap,
                Runtime.getRuntime().maxMemory());
    }
}
