package corpusmill.formats.storage;

import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Files in a store. Safe for concurrent use; serialisable, so that it can travel to executors. Every failure is a
 * {@link corpusmill.formats.StorageException} that says what was tried and where.
 */
public interface Storage extends Serializable {

    /**
     * Every file below a prefix, or the file that is named exactly so, ordered by the bytes of the path. No file is left
     * out because of its name. Empty when there is nothing.
     *
     * @param prefix a directory or a file
     */
    List<StoredFile> list(URI prefix);

    /** The file, or empty when there is none; a directory is none. */
    Optional<StoredFile> stat(URI uri);

    /** The content from its first byte; the caller closes it. */
    InputStream open(URI uri);

    /**
     * A part of a file.
     *
     * @param uri the file
     * @param offset first byte
     * @param length bytes; a file that ends before is a failure
     */
    byte[] read(URI uri, long offset, int length);

    /**
     * A part of a file that was listed or looked at, so that no store has to be asked for its size again.
     *
     * @param file the file
     * @param offset first byte
     * @param length bytes; a file that ends before is a failure
     */
    default byte[] read(StoredFile file, long offset, int length) {
        return read(file.uri(), offset, length);
    }

    /** A whole file, which must be smaller than 2 GiB. */
    byte[] readAll(URI uri);

    /**
     * Writes a file, replacing one of that name. A reader sees the old file, none or all of the new one; two writers of
     * the same bytes do not disturb each other. Parents are made.
     */
    void write(URI uri, ContentWriter content);

    /**
     * Creates a file if none has that name: of any number of writers at the same time exactly one wins.
     *
     * @return whether this call made the file
     * @throws corpusmill.formats.StorageException if the store cannot do so, or if it is not known what happened
     */
    boolean createIfAbsent(URI uri, byte[] content);

    /** Removes a file; nothing happens when there is none. */
    void delete(URI uri);

    /**
     * When a file was written last, by the store's clock.
     *
     * @throws corpusmill.formats.StorageException also if it is gone
     */
    Instant modified(StoredFile file);

    /** Uploads below a prefix that were begun and neither finished nor aborted; none where a store knows no such thing. */
    default List<UnfinishedUpload> unfinishedUploads(URI prefix) {
        return List.of();
    }

    /** Gives the parts of an upload back; nothing happens when it is over. */
    default void abort(UnfinishedUpload upload) {
        throw new IllegalArgumentException("this store has no upload such as " + upload);
    }

    /**
     * A mark of the content, prefixed with its kind: the store's own where it has one, else {@code crc32c:} and 8 hex
     * digits of the content.
     */
    String checksum(StoredFile file);
}
