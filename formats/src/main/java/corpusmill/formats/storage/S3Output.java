package corpusmill.formats.storage;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An object in the making: one request if it is small, parts of 16 MiB and more if not. Nothing appears before its end. */
final class S3Output extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(S3Output.class);
    private static final int SMALLEST_PART = 16 << 20;
    /** Parts after which they grow: a thousand of each size keeps an object of 16 GiB and more below 10,000 parts. */
    private static final int PARTS_OF_A_SIZE = 1_000;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[1 << 16];
    private int size;
    private @Nullable String upload;

    S3Output(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int at = from;
        int left = length;
        while (left > 0) {
            if (size == buffer.length) {
                makeRoom();
            }
            int piece = Math.min(left, buffer.length - size);
            System.arraycopy(bytes, at, buffer, size, piece);
            size += piece;
            at += piece;
            left -= piece;
        }
    }

    private void makeRoom() {
        int part = SMALLEST_PART * (1 + parts.size() / PARTS_OF_A_SIZE);
        if (buffer.length < part) {
            buffer = Arrays.copyOf(buffer, Math.min(part, 2 * buffer.length));
        } else {
            send();
        }
    }

    private void send() {
        String id = upload;
        if (id == null) {
            id = client.createMultipartUpload(create -> create.bucket(bucket).key(key))
                    .uploadId();
            upload = id;
        }
        String started = id;
        int number = parts.size() + 1;
        String tag = client.uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(started).partNumber(number),
                        RequestBody.fromByteBuffer(java.nio.ByteBuffer.wrap(buffer, 0, size)))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        size = 0;
    }

    /** Lets the object appear. */
    void finish() {
        if (upload == null) {
            client.putObject(
                    put -> put.bucket(bucket).key(key),
                    RequestBody.fromByteBuffer(java.nio.ByteBuffer.wrap(buffer, 0, size)));
            return;
        }
        if (size > 0) {
            send();
        }
        client.completeMultipartUpload(
                complete -> complete.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
    }

    /** Gives back what was sent; no object appears. */
    void abort() {
        if (upload != null) {
            try {
                client.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(key).uploadId(upload));
            } catch (SdkException e) { // the first failure is the one to tell
                LOG.warn("the upload {} of {} in {} is left behind; gc removes it", upload, key, bucket);
            }
        }
    }
}
