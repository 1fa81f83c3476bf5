package corpusmill.jobs.dedup.near;

/**
 * One band key of one document.
 *
 * @param id document id
 * @param rank0 first column of its rank, {@link corpusmill.jobs.flow.Ranking}
 * @param rank1 second column of its rank
 * @param band number of the band
 * @param key hash of the band's minima
 */
public record Signature(long id, long rank0, long rank1, int band, long key) {}
