package corpusmill.jobs.prepare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run would ask of its stores.
 *
 * @param requests what would be done → operation of S3, such as {@code PutObject} → requests; empty where nothing lies
 *     on S3
 * @param bytesRead content read from the stores
 * @param bytesWritten content written to them: work folder and dataset
 */
public record Forecast(Map<String, SortedMap<String, Long>> requests, long bytesRead, long bytesWritten) {

    public Forecast {
        Map<String, SortedMap<String, Long>> copy = new LinkedHashMap<>();
        requests.forEach((stage, counts) -> copy.put(stage, Collections.unmodifiableSortedMap(new TreeMap<>(counts))));
        requests = Collections.unmodifiableMap(copy);
    }

    /** All requests. */
    public long total() {
        return requests.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
