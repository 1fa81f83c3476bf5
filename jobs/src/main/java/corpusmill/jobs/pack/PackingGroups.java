package corpusmill.jobs.pack;

import corpusmill.formats.order.Mixing;
import java.io.Serializable;

/**
 * Which documents may share a row: those of one source whose id hashes to the same group. The number of groups follows
 * from the bytes of text of each source, so that a group fits in memory.
 *
 * @param start first group of each source, and behind the last source the number of all groups
 */
public record PackingGroups(int[] start) implements Serializable {

    /** Text of a group: about 16 million tokens, 4,000 rows of 4,096, of which the last few are not full. */
    public static final long GROUP_BYTES = 64L << 20;

    private static final int MAX_PARTITIONS = 8192;

    /**
     * Groups for a corpus.
     *
     * @param textBytes bytes of text of each source
     * @param groupBytes bytes of text a group should have
     */
    public static PackingGroups of(long[] textBytes, long groupBytes) {
        int[] start = new int[textBytes.length + 1];
        for (int source = 0; source < textBytes.length; source++) {
            long groups = Math.max(1, (textBytes[source] + groupBytes - 1) / groupBytes);
            start[source + 1] = Math.addExact(start[source], Math.toIntExact(groups));
        }
        return new PackingGroups(start);
    }

    /** The group of a document. */
    int of(long id, int source) {
        int groups = start[source + 1] - start[source];
        return start[source] + (int) ((Mixing.mix64(id) >>> 1) % groups);
    }

    /** Number of groups of all sources. */
    int count() {
        return start[start.length - 1];
    }

    int partitions() {
        return Math.max(1, Math.min(count(), MAX_PARTITIONS));
    }
}
