package corpusmill.jobs.ingest;

import corpusmill.formats.ConfigException;
import corpusmill.jobs.config.IngestConfig;
import java.io.Serializable;

/**
 * What a record may be.
 *
 * @param maxBytes longest record, bytes
 * @param minCharacters shortest text, code points
 */
record RecordLimits(int maxBytes, int minCharacters) implements Serializable {

    private static final int LARGEST = 1 << 30;

    /** @throws ConfigException if a record could be longer than a Java array */
    static RecordLimits of(IngestConfig config) {
        long bytes = config.maxDocument().bytes();
        if (bytes > LARGEST) {
            throw new ConfigException("ingest.max-document must be at most 1GiB but was " + config.maxDocument()
                    + "; split longer documents before they come in");
        }
        return new RecordLimits((int) bytes, config.minDocumentCharacters());
    }

    /** Whether a text in UTF-8 is long enough. */
    boolean longEnough(byte[] text) {
        return text.length >= 4L * minCharacters || Utf8.codePoints(text) >= minCharacters;
    }
}
