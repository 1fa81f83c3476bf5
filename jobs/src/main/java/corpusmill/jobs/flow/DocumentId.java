package corpusmill.jobs.flow;

/**
 * A document's id, which is its lineage: file index (23 bits) and place in the file (40 bits). Never negative, stable
 * for a given list of input files, independent of partitioning.
 */
public final class DocumentId {

    /** Files an id can tell apart. */
    public static final int MAX_FILES = 1 << 23;
    /** Places an id can tell apart within a file. */
    public static final long MAX_OFFSET = 1L << 40;

    private DocumentId() {}

    /**
     * Makes an id.
     *
     * @param file index in the file table, in [0, {@link #MAX_FILES})
     * @param offset byte offset in the decompressed file, or row number, in [0, {@link #MAX_OFFSET})
     */
    public static long of(int file, long offset) {
        if (file < 0 || file >= MAX_FILES) {
            throw new IllegalArgumentException("file index must be in [0, " + MAX_FILES + ") but was " + file);
        }
        if (offset < 0 || offset >= MAX_OFFSET) {
            throw new IllegalArgumentException("offset must be in [0, " + MAX_OFFSET + ") but was " + offset);
        }
        return (long) file << 40 | offset;
    }

    /** The file's index in the file table. */
    public static int file(long id) {
        return (int) (id >>> 40);
    }

    /** Byte offset in the decompressed file, or row number. */
    public static long offset(long id) {
        return id & (MAX_OFFSET - 1);
    }
}
