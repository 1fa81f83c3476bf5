package corpusmill.formats.storage;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object from its first byte. Where the connection breaks it goes on at the byte it stood at, of the same object: if
 * that was replaced meanwhile, the read fails. One thread.
 */
final class S3Input extends InputStream {

    /** Breaks in a row that end the reading. */
    private static final int ATTEMPTS = 5;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private ResponseInputStream<GetObjectResponse> body;
    private final String tag;
    private final long length;
    private long position;
    private int breaks;

    private S3Input(S3Client client, String bucket, String key, ResponseInputStream<GetObjectResponse> body) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.body = body;
        this.tag = body.response().eTag();
        this.length = body.response().contentLength();
    }

    /**
     * Opens an object.
     *
     * @throws SdkException if it cannot be read
     */
    static S3Input open(S3Client client, String bucket, String key) {
        return new S3Input(
                client, bucket, key, client.getObject(get -> get.bucket(bucket).key(key)));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (position < length) {
            IOException broken = null;
            try {
                int read = body.read(target, from, count);
                if (read > 0) {
                    position += read;
                    breaks = 0;
                    return read;
                }
            } catch (IOException e) {
                broken = e;
            }
            reopen(broken);
        }
        return -1;
    }

    private void reopen(@Nullable IOException broken) throws IOException {
        body.abort();
        if (++breaks > ATTEMPTS) {
            throw new IOException(
                    "the connection broke " + breaks + " times at byte " + position + " of " + length, broken);
        }
        try {
            body = client.getObject(
                    get -> get.bucket(bucket).key(key).ifMatch(tag).range("bytes=" + position + "-"));
        } catch (SdkException e) {
            throw new IOException("cannot go on at byte " + position + " of " + length + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (position < length) {
            body.abort(); // the rest of a large object would be read else
        }
        body.close();
    }
}
