package corpusmill.jobs.dedup.near;

/**
 * A candidate pair whose exact similarity reaches the threshold.
 *
 * @param better id of the document of better rank
 * @param worse id of the other
 * @param rank0 first column of the rank of the worse
 * @param rank1 second column of the rank of the worse
 * @param above0 first column of the rank of the better
 * @param above1 second column of the rank of the better
 * @param similarity exact Jaccard similarity of the shingle sets
 */
public record VerifiedPair(
        long better, long worse, long rank0, long rank1, long above0, long above1, double similarity) {}
