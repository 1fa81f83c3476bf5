package corpusmill.formats.shard;

/**
 * Where everything lies in a shard: all of it follows from four numbers, before the first row is known. Offsets are in
 * bytes, those of columns from the start of the record batch's body.
 *
 * @param sequenceLength tokens per row, padding included
 * @param type how an id is stored
 * @param rows number of rows
 * @param ends number of {@code doc_ends} values of all rows together
 */
public record ShardLayout(int sequenceLength, TokenType type, long rows, long ends) {

    /** Offset of the body in the file, and so of the first row. */
    public static final int TOKEN_OFFSET = 4096;

    /** Tokens a shard may have: Arrow's Java readers index the values of a column with an {@code int}. */
    public static final long MAX_TOKENS = Integer.MAX_VALUE;

    /** {@code doc_ends} values a shard may have. */
    public static final long MAX_ENDS = 1 << 28;

    private static final int ALIGNMENT = 64;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a shard cannot be so
     */
    public ShardLayout {
        if (sequenceLength < 1) {
            throw new IllegalArgumentException("sequence length must be positive but was " + sequenceLength);
        }
        if (rows < 1 || rows > MAX_TOKENS / sequenceLength) {
            throw new IllegalArgumentException("rows must be in [1, " + MAX_TOKENS / sequenceLength
                    + "] for a sequence length of " + sequenceLength + " but was " + rows + "; use smaller shards");
        }
        if (ends < rows || ends > Math.min(MAX_ENDS, rows * sequenceLength)) {
            throw new IllegalArgumentException("document ends must be in [rows, "
                    + Math.min(MAX_ENDS, rows * sequenceLength) + "] but were " + ends + " for " + rows
                    + " rows; use smaller shards");
        }
    }

    /** Bytes of a row's tokens. */
    public int rowBytes() {
        return Math.multiplyExact(sequenceLength, type.bytes());
    }

    /** Bytes of all tokens. */
    public long tokenBytes() {
        return rows * rowBytes();
    }

    /** Where the offsets of {@code doc_ends} start: {@code rows + 1} times int32. */
    long offsetsOffset() {
        return aligned(tokenBytes());
    }

    /** Where the values of {@code doc_ends} start: int32. */
    long endsOffset() {
        return aligned(offsetsOffset() + 4 * (rows + 1));
    }

    /** Where {@code first_pos} starts: int32. */
    long firstOffset() {
        return aligned(endsOffset() + 4 * ends);
    }

    /** Where {@code n_valid} starts: int32. */
    long validOffset() {
        return aligned(firstOffset() + 4 * rows);
    }

    /** Where {@code source} starts: uint16. */
    long sourceOffset() {
        return aligned(validOffset() + 4 * rows);
    }

    /** Size of the record batch's body. */
    public long bodyBytes() {
        return aligned(sourceOffset() + 2 * rows);
    }

    /** Size of the file that {@link ShardWriter} makes. */
    public long bytes() {
        return TOKEN_OFFSET + bodyBytes() + ShardMessages.trailer(this).length;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
