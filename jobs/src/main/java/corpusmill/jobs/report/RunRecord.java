package corpusmill.jobs.report;

import corpusmill.jobs.flow.StageAccount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report tells of the run that made a dataset, and the manifest does not.
 *
 * @param accounts of the stages, with their times
 * @param figures counts by what they count, in the order they are shown
 */
public record RunRecord(List<StageAccount> accounts, Map<String, Long> figures) {

    /** Of a run that is not known any more. */
    public static final RunRecord NONE = new RunRecord(List.of(), Map.of());

    public RunRecord {
        accounts = List.copyOf(accounts);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
