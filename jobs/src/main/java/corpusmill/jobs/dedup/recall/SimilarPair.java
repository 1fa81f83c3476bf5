package corpusmill.jobs.dedup.recall;

/**
 * Two documents whose exact similarity reaches the threshold.
 *
 * @param first id of one
 * @param second id of the other
 * @param similarity exact Jaccard similarity of their shingle sets
 */
public record SimilarPair(long first, long second, double similarity) {}
