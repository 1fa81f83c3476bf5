package corpusmill.formats.storage;

import java.net.URI;
import java.time.Instant;

/**
 * Parts that a store holds, and bills, of a file that never appeared.
 *
 * @param uri of the file
 * @param id the store's own name of the upload
 * @param started when it began, by the store's clock
 */
public record UnfinishedUpload(URI uri, String id, Instant started) {}
