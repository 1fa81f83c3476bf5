package corpusmill.formats.storage;

import java.net.URI;

/**
 * A file in a store.
 *
 * @param uri where it lies
 * @param bytes its size
 * @param tag the store's own mark of the content (an ETag); empty where the store has none
 */
public record StoredFile(URI uri, long bytes, String tag) {}
