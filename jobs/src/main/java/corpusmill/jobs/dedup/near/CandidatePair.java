package corpusmill.jobs.dedup.near;

/**
 * Two documents that share a band key.
 *
 * @param better id of the document of better rank
 * @param worse id of the other
 * @param rank0 first column of the rank of the worse
 * @param rank1 second column of the rank of the worse
 * @param above0 first column of the rank of the better
 * @param above1 second column of the rank of the better
 */
public record CandidatePair(long better, long worse, long rank0, long rank1, long above0, long above1) {}
