package corpusmill.formats.shard;

import java.util.Arrays;

/**
 * A row of a shard. The arrays are not copied.
 *
 * @param tokens the ids of the whole row, little-endian, padding included
 * @param ends exclusive end of each document's piece inside the row, ascending; the last is the sequence length
 * @param first position of the row's first token inside its document
 * @param valid tokens before padding
 * @param source index of the mixture component
 */
@SuppressWarnings(
        "ArrayRecordComponent") // compared by content below; a copy of every row would cost more than it guards
public record PackedSequence(byte[] tokens, int[] ends, int first, int valid, int source) {

    /** The ids of the row. */
    public int[] ids(TokenType type) {
        int[] ids = new int[tokens.length / type.bytes()];
        Arrays.setAll(ids, index -> type.get(tokens, index));
        return ids;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedSequence that
                && first == that.first
                && valid == that.valid
                && source == that.source
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(ends) + 31 * first + valid + source;
    }

    @Override
    public String toString() {
        return "PackedSequence[" + tokens.length + " bytes, ends " + Arrays.toString(ends) + ", first " + first
                + ", valid " + valid + ", source " + source + "]";
    }
}
