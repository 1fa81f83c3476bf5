package corpusmill.jobs.ingest;

import corpusmill.jobs.config.IngestConfig;
import java.util.Map;

/**
 * Files to documents. Immutable.
 *
 * @param config limits of a record
 * @param partBytes size of a part of a file that can be cut, and of what one task reads of small files
 * @param settings Hadoop settings by their own names
 */
public record IngestStage(IngestConfig config, long partBytes, Map<String, String> settings) {

    /** Size of a part. */
    public static final long PART_BYTES = 64L << 20;

    public IngestStage {
        if (partBytes < 1) {
            throw new IllegalArgumentException("partBytes must be at least 1 but was " + partBytes);
        }
        settings = Map.copyOf(settings);
    }
}
