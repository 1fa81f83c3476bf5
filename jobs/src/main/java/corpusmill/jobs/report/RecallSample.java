package corpusmill.jobs.report;

import java.util.List;

/**
 * Recall, measured on a sample by exact comparison.
 *
 * @param documents documents that were compared exactly with the others
 * @param others documents they were compared with
 * @param bins the pairs found, by similarity, ascending; empty if nothing was compared
 */
public record RecallSample(long documents, long others, List<Bin> bins) {

    /** Of a run without near-duplicates, or that is not known any more. */
    public static final RecallSample NONE = new RecallSample(0, 0, List.of());

    public RecallSample {
        bins = List.copyOf(bins);
    }

    /**
     * Pairs of about one similarity.
     *
     * @param from least similarity
     * @param pairs of the sample, found by exact comparison
     * @param settled those of them of which not both documents stay
     * @param expected probability that such a pair is compared by its signatures, on average over the pairs
     */
    public record Bin(double from, long pairs, long settled, double expected) {}
}
