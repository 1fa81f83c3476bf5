package corpusmill.jobs.ingest;

import corpusmill.jobs.flow.Ingested;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link Ingested} whose text is still the bytes that were read: they go into a column as they are, where a
 * string would be decoded and encoded again. The components are those of {@link Ingested}, by name and in order.
 *
 * @param text well-formed UTF-8; null unless a document
 */
public record IngestedBytes(
        String outcome,
        long id,
        int source,
        byte @Nullable [] text,
        @Nullable String key,
        long length,
        @Nullable String reason,
        @Nullable String sha256,
        byte @Nullable [] raw,
        long records) {

    static IngestedBytes document(long id, int source, byte[] text, @Nullable String key, long length) {
        return new IngestedBytes(Ingested.DOCUMENT, id, source, text, key, length, null, null, null, 0);
    }

    /** A row without a text. */
    static IngestedBytes of(Ingested row) {
        return new IngestedBytes(
                row.outcome(),
                row.id(),
                row.source(),
                null,
                row.key(),
                row.length(),
                row.reason(),
                row.sha256(),
                row.raw(),
                row.records());
    }

    /** The same with its text decoded. */
    Ingested decoded() {
        String string = text == null ? null : new String(text, StandardCharsets.UTF_8);
        return new Ingested(outcome, id, source, string, key, length, reason, sha256, raw, records);
    }
}
