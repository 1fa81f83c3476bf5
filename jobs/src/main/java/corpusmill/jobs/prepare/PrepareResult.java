package corpusmill.jobs.prepare;

import corpusmill.jobs.flow.StageAccount;
import java.net.URI;
import java.util.List;

/**
 * What a run did.
 *
 * @param dataset root of the dataset, published or, after a single stage, to be
 * @param fingerprint of the dataset, 12 hex digits
 * @param upToDate whether the dataset was there already
 * @param stages in the order of the flow
 */
public record PrepareResult(URI dataset, String fingerprint, boolean upToDate, List<StageAccount> stages) {

    public PrepareResult {
        stages = List.copyOf(stages);
    }
}
