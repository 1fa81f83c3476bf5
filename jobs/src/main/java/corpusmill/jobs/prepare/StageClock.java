package corpusmill.jobs.prepare;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Wall clock and CPU time. In local mode the CPU time is that of this process, compiler and garbage collector included;
 * on a cluster that of all tasks. Thread-safe.
 */
final class StageClock extends SparkListener {

    private static final double NANOS = 1e9;

    private final AtomicLong taskNanos = new AtomicLong();
    private final boolean local;

    StageClock(boolean local) {
        this.local = local;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskMetrics() != null) {
            taskNanos.addAndGet(end.taskMetrics().executorCpuTime());
        }
    }

    /** Seconds of an arbitrary start. */
    double seconds() {
        return System.nanoTime() / NANOS;
    }

    /** CPU seconds so far. */
    double cpuSeconds() {
        if (local
                && ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean os) {
            return os.getProcessCpuTime() / NANOS;
        }
        return taskNanos.get() / NANOS;
    }
}
