package corpusmill.jobs.shard;

/**
 * A row with its place in the dataset.
 *
 * @param split name of the split
 * @param shard number of the shard within the split
 * @param row row of the shard
 * @param tokens ids, little-endian
 * @param ends exclusive end of each segment
 * @param first position of the first token inside its document
 * @param valid tokens before padding
 * @param source mixture component
 */
public record PlacedRow(
        String split, int shard, long row, byte[] tokens, int[] ends, int first, int valid, int source) {}
