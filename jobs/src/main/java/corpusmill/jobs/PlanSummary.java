package corpusmill.jobs;

import java.util.List;

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
 * @param requests estimate of the requests to the store
 */
record PlanSummary(
        String dataset,
        String fingerprint,
        boolean upToDate,
        List<String> earlier,
        List<Source> sources,
        List<Step> stages,
        long bytesToWrite,
        long requests) {

    PlanSummary {
        earlier = List.copyOf(earlier);
        sources = List.copyOf(sources);
        stages = List.copyOf(stages);
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
