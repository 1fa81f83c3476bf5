package corpusmill.jobs.dedup.exact;

/**
 * What tells whether two texts are identical, and what ranks them.
 *
 * @param id document id
 * @param source index of the mixture component
 * @param bytes of the text in UTF-8
 * @param high first hash of the text, or of its shingle units where texts are normalized
 * @param low second hash of it
 */
public record TextHash(long id, int source, long bytes, long high, long low) {}
