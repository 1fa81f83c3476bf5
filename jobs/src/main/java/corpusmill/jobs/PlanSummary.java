package corpusmill.jobs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a run would do.
 *
 * @param dataset URI of the dataset
 * @param fingerprint 12 hex digits
 * @param upToDate whether the dataset is there already
 * @param earlier fingerprints of the earlier datasets whose documents must not come again
 * @param sources mixture components in their order
 * @param stages in the order of the flow, each with whether an earlier run's result would be taken
 * @param bytesToWrite estimate for work and dataset together
 * @param bytesToRead estimate of what is read, of the input and of results that the run makes itself
 * @param requests estimate of the requests to S3; 0 where nothing lies there
 * @param requestsByStage the same by what would be done and by operation
 */
record PlanSummary(
        String dataset,
        String fingerprint,
        boolean upToDate,
        List<String> earlier,
        List<Source> sources,
        List<Step> stages,
        long bytesToWrite,
        long bytesToRead,
        long requests,
        Map<String, SortedMap<String, Long>> requestsByStage) {

    PlanSummary {
        earlier = List.copyOf(earlier);
        sources = List.copyOf(sources);
        stages = List.copyOf(stages);
        requestsByStage = Collections.unmodifiableMap(new LinkedHashMap<>(requestsByStage));
    }

    /**
     * A mixture component.
     *
     * @param name as in the job file
     * @param files number of files
     * @param bytes their size as they lie
     */
    record Source(String name, long files, long bytes) {}

    /**
     * A stage.
     *
     * @param name the stage
     * @param reused whether its result is there
     */
    record Step(String name, boolean reused) {}
}
