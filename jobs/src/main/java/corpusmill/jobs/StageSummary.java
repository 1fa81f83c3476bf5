package corpusmill.jobs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stage did.
 *
 * @param name the stage
 * @param in documents or records that went in
 * @param out documents that came out
 * @param dropped reason to count; in = out + all of these
 * @param seconds wall clock
 * @param cpuSeconds of all tasks
 * @param reused whether an earlier run's result was taken
 */
record StageSummary(
        String name, long in, long out, Map<String, Long> dropped, double seconds, double cpuSeconds, boolean reused) {

    StageSummary {
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    }

    /** Documents or records that did not come out. */
    long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
