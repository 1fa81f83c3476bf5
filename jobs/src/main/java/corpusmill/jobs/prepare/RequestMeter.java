package corpusmill.jobs.prepare;

import corpusmill.formats.storage.Storages;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests to S3 that this process sent, by what it was doing. In local mode these are all of a run; on a cluster the
 * executors' are not among them. Jobs that run in one process at the same time see each other's. One thread.
 */
final class RequestMeter {

    private final Map<String, SortedMap<String, Long>> stages = new LinkedHashMap<>();
    private Map<String, Long> before = Storages.requests();

    /** Counts what was sent since the last call, or since this meter was made, for a stage. */
    void charge(String stage) {
        Map<String, Long> now = Storages.requests();
        SortedMap<String, Long> counts = stages.computeIfAbsent(stage, name -> new TreeMap<>());
        now.forEach((operation, count) -> {
            long sent = count - before.getOrDefault(operation, 0L);
            if (sent > 0) {
                counts.merge(operation, sent, Long::sum);
            }
        });
        before = now;
    }

    /** Stage → operation, such as {@code PutObject} → requests; stages that sent none are left out. */
    Map<String, SortedMap<String, Long>> stages() {
        Map<String, SortedMap<String, Long>> sent = new LinkedHashMap<>(stages);
        sent.values().removeIf(Map::isEmpty);
        return Collections.unmodifiableMap(sent);
    }
}
