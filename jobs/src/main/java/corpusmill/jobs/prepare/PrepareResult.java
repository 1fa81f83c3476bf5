package corpusmill.jobs.prepare;

import corpusmill.jobs.flow.StageAccount;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a run did.
 *
 * @param dataset root of the dataset, published or, after a single stage, to be
 * @param fingerprint of the dataset, 12 hex digits
 * @param upToDate whether the dataset was there already
 * @param stages in the order of the flow
 * @param requests what was done → operation → requests that this process sent to S3; empty where it sent none
 */
public record PrepareResult(
        URI dataset,
        String fingerprint,
        boolean upToDate,
        List<StageAccount> stages,
        Map<String, SortedMap<String, Long>> requests) {

    public PrepareResult {
        stages = List.copyOf(stages);
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    }
}
