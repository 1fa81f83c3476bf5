package corpusmill.jobs.flow;

import org.jspecify.annotations.Nullable;

/**
 * One row of what ingest writes: a document, a rejected record, or the tally of a part of a file, told apart by
 * {@code outcome}. One table, written in one pass, so that the ledger is counted from what is on disk and a repeated
 * task cannot count twice.
 *
 * @param outcome {@link #DOCUMENT}, {@link #REJECTED} or {@link #TALLY}
 * @param id document id ({@link DocumentId}); of a tally, the id of the first byte of its part
 * @param source index of the mixture component
 * @param text the document's text; null unless a document
 * @param key the user's own id, if the record has one
 * @param length bytes of the record in the decompressed file (of a Parquet row, of its text); of a tally, bytes of the
 *     texts of the part's documents, in UTF-8
 * @param reason why the record was rejected; null unless rejected
 * @param sha256 of the raw bytes, 64 hex digits; null unless rejected
 * @param raw the raw bytes, for repair; null unless rejected, or when longer than the quarantine keeps
 * @param records records seen in the part; 0 unless a tally
 */
public record Ingested(
        String outcome,
        long id,
        int source,
        @Nullable String text,
        @Nullable String key,
        long length,
        @Nullable String reason,
        @Nullable String sha256,
        byte @Nullable [] raw,
        long records) {

    public static final String DOCUMENT = "document";
    public static final String REJECTED = "rejected";
    public static final String TALLY = "tally";

    /** A document. */
    public static Ingested document(long id, int source, String text, @Nullable String key, long length) {
        return new Ingested(DOCUMENT, id, source, text, key, length, null, null, null, 0);
    }

    /** A rejected record. */
    public static Ingested rejected(
            long id, int source, long length, String reason, String sha256, byte @Nullable [] raw) {
        return new Ingested(REJECTED, id, source, null, null, length, reason, sha256, raw, 0);
    }

    /** The number of records seen in a part of a file, and the bytes of its documents' texts. */
    public static Ingested tally(long id, int source, long records, long textBytes) {
        return new Ingested(TALLY, id, source, null, null, textBytes, null, null, null, records);
    }
}
