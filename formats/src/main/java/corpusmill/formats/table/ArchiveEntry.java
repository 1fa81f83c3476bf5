package corpusmill.formats.table;

/**
 * A file of the archive.
 *
 * @param path relative to the dataset's root
 * @param split whose rows it holds
 * @param rows of one shard, in its order
 * @param bytes size of the file
 * @param sha256 of the file, 64 hex digits
 */
public record ArchiveEntry(String path, String split, long rows, long bytes, String sha256) {}
