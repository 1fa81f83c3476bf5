package corpusmill.jobs.dedup.near;

/**
 * A document in a bucket that it shares.
 *
 * @param id document id
 * @param rank0 first column of its rank, {@link corpusmill.jobs.flow.Ranking}
 * @param rank1 second column of its rank
 * @param key hash of the band's minima
 * @param size members of the bucket, at least 2
 */
public record BucketMember(long id, long rank0, long rank1, long key, long size) {}
