package corpusmill.jobs.shard;

/**
 * The tokens of a piece of a document.
 *
 * @param id document id
 * @param position of its first token in the document
 * @param source index of the mixture component
 * @param tokens little-endian ids
 */
public record ReadPiece(long id, int position, int source, byte[] tokens) {}
