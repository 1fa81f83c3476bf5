package corpusmill.jobs.report;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run saw of its documents, for the report alone.
 *
 * @param lengths how many kept documents have at least so many tokens and less than twice as many, by that power of two
 * @param scripts how many documents are written in a script, in a sample
 * @param curve what was measured of the probability of being compared, by similarity
 * @param examples removed documents beside the kept ones
 * @param command the arguments that repeat the run; empty where they are not known
 */
public record RunDetails(
        SortedMap<Long, Long> lengths,
        SortedMap<String, Long> scripts,
        List<CurvePoint> curve,
        List<DuplicateExample> examples,
        String command) {

    /** Of a run that is not known any more. */
    public static final RunDetails NONE = new RunDetails(new TreeMap<>(), new TreeMap<>(), List.of(), List.of(), "");

    public RunDetails {
        lengths = Collections.unmodifiableSortedMap(new TreeMap<>(lengths));
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
        curve = List.copyOf(curve);
        examples = List.copyOf(examples);
    }
}
