package corpusmill.jobs.flow;

/**
 * The evidence that a document was rightly removed.
 *
 * @param removed id of the document that is not in the dataset
 * @param kept id of the document that is
 * @param kind {@link #EXACT} or {@link #NEAR}
 * @param similarity exact Jaccard similarity of their shingle sets, in [threshold, 1]
 */
public record Removal(long removed, long kept, String kind, double similarity) {
    public static final String EXACT = "exact";
    public static final String NEAR = "near";
}
