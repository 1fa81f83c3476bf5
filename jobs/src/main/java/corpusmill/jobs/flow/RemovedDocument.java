package corpusmill.jobs.flow;

/**
 * A row of the dataset's table of removed documents: the evidence and the cluster.
 *
 * @param removed id of the document that is not in the dataset
 * @param kept id of the document that is
 * @param kind {@link Removal#EXACT} or {@link Removal#NEAR}
 * @param similarity exact Jaccard similarity of their shingle sets
 * @param cluster id of the cluster's representative
 * @param size members of the cluster, the representative included
 */
public record RemovedDocument(long removed, long kept, String kind, double similarity, long cluster, long size) {}
