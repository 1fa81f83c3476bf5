package corpusmill.formats.shard;

/**
 * Where everything lies in a shard: all of it follows from four numbers, before the first row is known.
 *
 * @param sequenceLength tokens per row, padding included
 * @param type how an id is stored
 * @param rows number of rows
 * @param ends number of {@code doc_ends} values of all rows together
 */
public record ShardLayout(int sequenceLength, TokenType type, long rows, long ends) {

    /** Offset of the first row in the file. */
    public static final int TOKEN_OFFSET = 4096;

    /** Bytes of a row's tokens. */
    public int rowBytes() {
        return sequenceLength * type.bytes();
    }

    /** Size of the file. */
    public long bytes() {
        throw new UnsupportedOperationException();
    }
}
