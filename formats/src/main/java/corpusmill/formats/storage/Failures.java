package corpusmill.formats.storage;

import corpusmill.formats.StorageException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Sentences for what goes wrong in a store. */
final class Failures {

    private Failures() {}

    /**
     * Says what could not be done.
     *
     * @param verb what was tried, such as {@code read}
     */
    static StorageException of(String verb, URI uri, Exception cause) {
        String start = "cannot " + verb + " " + uri + ": ";
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return new StorageException(start + "there is no such file; check the path", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new StorageException(
                    start + "access is denied; check the permissions, on an object store the credentials", cause);
        }
        if (cause instanceof EOFException) {
            return new StorageException(start + "the file ends before that; check that it is whole", cause);
        }
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith("Unable to load credentials")) { // of the AWS SDK, which then lists all places
            return new StorageException(
                    start
                            + "no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in"
                            + " AWS_PROFILE, or give the machine a role",
                    cause);
        }
        if (message.startsWith("Unable to load region")) {
            return new StorageException(
                    start + "no region was found; set AWS_REGION, or for another store fs.s3a.endpoint and"
                            + " fs.s3a.endpoint.region in a core-site.xml of the folder HADOOP_CONF_DIR",
                    cause);
        }
        return new StorageException(
                start + cause.getClass().getSimpleName() + message(cause.getMessage())
                        + "; try again, and if that does not help check the store",
                cause);
    }

    private static String message(@Nullable String message) {
        return message == null ? "" : " (" + message + ")";
    }

    static StorageException tooLarge(URI uri, long bytes) {
        return new StorageException("cannot read " + uri + " as a whole: it has " + bytes
                + " bytes and the limit is 2147483639; read it in parts");
    }

    /** A part that starts or ends outside the file. */
    static IOException beyondEnd(long offset, int length) {
        return new EOFException("bytes " + offset + " to " + (offset + length) + " are not all there");
    }
}
