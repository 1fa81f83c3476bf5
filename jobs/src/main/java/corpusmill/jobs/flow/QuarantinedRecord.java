package corpusmill.jobs.flow;

import org.jspecify.annotations.Nullable;

/**
 * A rejected record and where its bytes are kept.
 *
 * @param id of the record, {@link DocumentId}
 * @param uri of the input file
 * @param offset byte offset in the decompressed file, or row number
 * @param length bytes of the record
 * @param reason why it was rejected
 * @param sha256 of its bytes
 * @param file name of the file that keeps the bytes, beside this table; null if they are not kept
 * @param position first byte in that file
 * @param bytes kept
 */
public record QuarantinedRecord(
        long id,
        String uri,
        long offset,
        long length,
        String reason,
        String sha256,
        @Nullable String file,
        long position,
        long bytes) {}
