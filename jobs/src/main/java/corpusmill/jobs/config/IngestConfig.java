package corpusmill.jobs.config;

/**
 * Limits of ingest.
 *
 * @param maxDocument longest record, bytes; a longer one is rejected as TOO_LARGE
 * @param maxRejectedShare share of the records that may be rejected, of the whole input; more ends with exit code 3
 * @param minDocumentCharacters shortest text, code points; a shorter one is rejected as TOO_SHORT
 * @param quarantine whether the bytes of rejected records are kept in the work folder, for repair
 */
public record IngestConfig(DataSize maxDocument, double maxRejectedShare, int minDocumentCharacters, boolean quarantine)
        implements java.io.Serializable {
    public static final IngestConfig DEFAULT = new IngestConfig(DataSize.parse("64MiB"), 0.001, 1, true);
}
