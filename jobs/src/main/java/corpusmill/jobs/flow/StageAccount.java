package corpusmill.jobs.flow;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went into a stage and what became of it: in = out + all dropped, exactly.
 *
 * @param name of the stage
 * @param in records, documents or rows that went in
 * @param out those that came out
 * @param dropped the others, by reason
 * @param seconds wall clock of the run that made the result
 * @param cpuSeconds CPU time of it
 * @param reused whether an earlier run made the result
 */
public record StageAccount(
        String name,
        long in,
        long out,
        SortedMap<String, Long> dropped,
        double seconds,
        double cpuSeconds,
        boolean reused) {

    public StageAccount {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    /**
     * Checks that nothing vanished.
     *
     * @throws IllegalStateException with the numbers, if something did; a defect, never a fault of the input
     */
    public StageAccount check() {
        long gone = dropped.values().stream().mapToLong(Long::longValue).sum();
        if (in != out + gone) {
            throw new IllegalStateException("the ledger of stage " + name + " does not add up: " + in + " in, " + out
                    + " out, " + gone + " dropped " + dropped);
        }
        return this;
    }
}
