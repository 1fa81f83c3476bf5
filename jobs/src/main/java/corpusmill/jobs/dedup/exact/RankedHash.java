package corpusmill.jobs.dedup.exact;

/**
 * The hashes of a text with its rank.
 *
 * @param id document id
 * @param rank0 first column of its rank, {@link corpusmill.jobs.flow.Ranking}
 * @param rank1 second column of its rank
 * @param high first hash, as in {@link TextHash}
 * @param low second hash
 */
public record RankedHash(long id, long rank0, long rank1, long high, long low) {}
