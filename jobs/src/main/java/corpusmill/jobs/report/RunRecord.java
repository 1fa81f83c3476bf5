package corpusmill.jobs.report;

import corpusmill.jobs.flow.StageAccount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report tells of the run that made a dataset, and the manifest does not.
 *
 * @param accounts of the stages, with their times
 * @param figures counts by what they count, in the order they are shown
 * @param clusters how many clusters of duplicates have at least so many documents and less than twice as many, by that
 *     power of two; the document that stays is one of them
 * @param recall measured on a sample
 * @param requests what was done → operation → requests sent to S3
 * @param details what the run saw of its documents
 */
public record RunRecord(
        List<StageAccount> accounts,
        Map<String, Long> figures,
        SortedMap<Long, Long> clusters,
        RecallSample recall,
        Map<String, SortedMap<String, Long>> requests,
        RunDetails details) {

    /** Of a run that is not known any more. */
    public static final RunRecord NONE =
            new RunRecord(List.of(), Map.of(), new TreeMap<>(), RecallSample.NONE, Map.of(), RunDetails.NONE);

    public RunRecord {
        accounts = List.copyOf(accounts);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    }

    /** What a page of an earlier time tells of its run; {@link #NONE} where it tells nothing. */
    public static RunRecord in(String page) {
        return RunRecordText.in(page);
    }
}
