package corpusmill.jobs.ingest;

import org.jspecify.annotations.Nullable;

/** Takes what a reader finds, in the order of the file. */
interface RecordSink {

    /**
     * A document.
     *
     * @param offset byte offset in the decompressed file, or row number
     * @param length bytes of the record
     * @param text well-formed UTF-8, which nobody changes any more
     */
    void document(long offset, long length, byte[] text, @Nullable String key);

    /**
     * A record, or the rest of a file, that is no document.
     *
     * @param offset byte offset in the decompressed file, or row number
     * @param length bytes of what the evidence is about
     */
    void rejected(long offset, long length, RejectionReason reason, Evidence evidence);
}
