package corpusmill.formats.table;

/**
 * An input file of a dataset.
 *
 * @param index upper bits of its documents' ids
 * @param uri where it lay
 * @param source name of the mixture component
 * @param bytes its size
 * @param checksum the store's mark of its content
 * @param records records read
 * @param documents documents made
 * @param rejected records rejected
 * @param reasons JSON: reason to count
 */
public record FileEntry(
        int index,
        String uri,
        String source,
        long bytes,
        String checksum,
        long records,
        long documents,
        long rejected,
        String reasons) {}
