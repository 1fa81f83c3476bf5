package corpusmill.jobs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a run did.
 *
 * @param dataset URI of the dataset, published or, after a single stage, to be
 * @param fingerprint of inputs, configuration, tokenizer and format: 12 hex digits
 * @param upToDate whether the dataset was there already
 * @param stages in the order of the flow
 * @param requests what was done → operation → requests that this process sent to S3
 */
record RunSummary(
        String dataset,
        String fingerprint,
        boolean upToDate,
        List<StageSummary> stages,
        Map<String, SortedMap<String, Long>> requests) {

    RunSummary {
        stages = List.copyOf(stages);
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    }
}
