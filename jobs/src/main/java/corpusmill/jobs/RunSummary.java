package corpusmill.jobs;

import java.util.List;

/**
 * What a run did.
 *
 * @param dataset URI of the dataset, published or, after a single stage, to be
 * @param fingerprint of inputs, configuration, tokenizer and format: 12 hex digits
 * @param upToDate whether the dataset was there already
 * @param stages in the order of the flow
 */
record RunSummary(String dataset, String fingerprint, boolean upToDate, List<StageSummary> stages) {

    RunSummary {
        stages = List.copyOf(stages);
    }
}
