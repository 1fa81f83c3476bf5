package corpusmill.jobs.flow;

import org.jspecify.annotations.Nullable;

/**
 * A sequence with its place in the packer's order, or a document that could not be packed.
 *
 * @param split {@code train} or {@code validation}
 * @param group packing group, a hash of its documents' ids and their source
 * @param place place within the group
 * @param source mixture component of every token
 * @param tokens sequence length times token width bytes, little-endian; empty if dropped
 * @param ends exclusive end of each document's piece, padding last as a piece of its own
 * @param first position of the first token inside its document
 * @param valid tokens before padding
 * @param documents ids of the documents whose pieces stand in the row, in that order
 * @param specials places in these documents where ordinary text spells a special token
 * @param dropped why the one document in {@code documents} was dropped; null for a sequence
 */
public record PackedRow(
        String split,
        int group,
        int place,
        int source,
        byte[] tokens,
        int[] ends,
        int first,
        int valid,
        long[] documents,
        long specials,
        @Nullable String dropped) {}
