package corpusmill.jobs.report;

import java.util.List;

/**
 * Near-duplicates of a run, looked at one by one.
 *
 * @param documents documents that were compared exactly with the others
 * @param others documents they were compared with
 * @param bins the pairs found, by similarity, ascending; empty if nothing was compared
 * @param examples removed documents beside those that stay
 */
public record DuplicateSample(long documents, long others, List<Bin> bins, List<Example> examples) {

    /** Of a run without near-duplicates, or that is not known any more. */
    public static final DuplicateSample NONE = new DuplicateSample(0, 0, List.of(), List.of());

    public DuplicateSample {
        bins = List.copyOf(bins);
        examples = List.copyOf(examples);
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

    /**
     * A removed document.
     *
     * @param removed its id
     * @param kept id of the one that stays
     * @param similarity their exact similarity
     * @param removedText part of its text
     * @param keptText the same part of the other's
     */
    public record Example(long removed, long kept, double similarity, String removedText, String keptText) {}
}
