package corpusmill.jobs.flow;

/**
 * One row of the file table: an input file with its index.
 *
 * @param index place in the file table, the upper bits of its documents' ids
 * @param uri where it lies
 * @param name its path relative to the input entry; what the fingerprint sees
 * @param source index of the mixture component
 * @param format {@code jsonl}, {@code parquet}, {@code arrow}, {@code text}, {@code warc} or {@code wet}, never {@code auto}
 * @param text name of the field that holds the text
 * @param key name of the field that holds the user's own id
 * @param bytes its size
 * @param checksum the store's own checksum; for {@code file:} a CRC32C of the content
 */
public record SourceFile(
        int index,
        String uri,
        String name,
        int source,
        String format,
        String text,
        String key,
        long bytes,
        String checksum)
        implements java.io.Serializable {

    /** The same file at another place of the table. */
    public SourceFile at(int place) {
        return new SourceFile(place, uri, name, source, format, text, key, bytes, checksum);
    }
}
