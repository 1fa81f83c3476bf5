package corpusmill.formats.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Over an S3 server in this JVM, that keeps its objects in memory. */
class S3StorageTest extends StorageContract {

    private static S3Proxy server;

    private final String prefix = UUID.randomUUID().toString();

    S3StorageTest(@TempDir Path directory) {
        super(directory);
    }

    @BeforeAll
    static void start() throws Exception {
        TransientNio2BlobStore store = new TransientNio2BlobStore();
        store.createContainer("bucket");
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "access", "key")
                .build();
        server.start();
        System.setProperty("aws.accessKeyId", "access");
        System.setProperty("aws.secretAccessKey", "key");
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        server.stop();
    }

    private static Map<String, String> settings() {
        return Map.of(
                "fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort(),
                "fs.s3a.path.style.access", "true",
                "fs.s3a.aws.credentials.provider",
                        "software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider");
    }

    @Override
    Storage storage() {
        return Storages.open(at(""), settings());
    }

    @Override
    URI at(String path) {
        return Storages.resolve(URI.create("s3://bucket/" + prefix), path);
    }

    @Override
    String checksumOfDigits() {
        return "etag:25f9e794323b453885f5181f1b624d0b"; // MD5 of 123456789
    }

    @Test
    void isWhatS3Opens() {
        assertThat(storage()).isInstanceOf(S3Storage.class);
        assertThat(Storages.open(URI.create("s3a://bucket/x"))).isInstanceOf(S3Storage.class);
    }

    @Test
    void letsExactlyOneOfEightWritersCreateEachOfAHundredFiles() {
        race(100);
    }

    @Test
    @Tag("long")
    void letsExactlyOneOfEightWritersCreateEachOfAThousandFiles() {
        race(1_000);
    }

    private void race(int files) {
        for (int file = 0; file < files; file++) {
            URI uri = at("race-" + file);
            long winners = IntStream.range(0, 8)
                    .parallel()
                    .filter(writer -> storage().createIfAbsent(uri, new byte[] {(byte) writer}))
                    .count();
            assertThat(winners).as("winners of %s", uri).isEqualTo(1);
        }
    }

    @Test
    void writesALargeFileInPartsAndCountsTheRequests() {
        byte[] content = new byte[(40 << 20) + 17];
        new Random(5).nextBytes(content);
        long before = Storages.requests().getOrDefault("UploadPart", 0L);
        storage().write(at("large"), out -> out.write(content));
        assertThat(storage().readAll(at("large"))).isEqualTo(content);
        assertThat(Storages.requests().get("UploadPart")).isEqualTo(before + 3);
    }

    @Test
    void abortsTheUploadOfALargeFileThatBreaks() {
        long before = Storages.requests().getOrDefault("AbortMultipartUpload", 0L);
        assertThatThrownBy(() -> storage().write(at("broken"), out -> {
                    out.write(new byte[20 << 20]);
                    throw new IOException("the content broke");
                }))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the content broke");
        assertThat(storage().stat(at("broken"))).isEmpty();
        assertThat(Storages.requests().get("AbortMultipartUpload")).isEqualTo(before + 1);
    }

    @Test
    void findsUploadsThatWereLeftAndAbortsThem() {
        Storage storage = storage();
        try (S3Client client = S3Settings.of("bucket", settings()).client()) {
            String key = prefix + "/left \u00e9%41";
            client.createMultipartUpload(create -> create.bucket("bucket").key(key));
        }
        assertThat(storage.unfinishedUploads(at(""))).singleElement().satisfies(upload -> {
            assertThat(upload.uri()).isEqualTo(at("left \u00e9%41"));
            assertThat(upload.started()).isBefore(Instant.now().plusSeconds(60));
            storage.abort(upload);
            storage.abort(upload);
        });
        assertThat(storage.unfinishedUploads(at(""))).isEmpty();
    }

    @Test
    void readsAnObjectToItsEndAndNoFurther() throws IOException {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        storage().write(at("streamed"), out -> out.write(content));
        try (InputStream in = storage().open(at("streamed"))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
            assertThat(in.read()).isEqualTo(-1);
        }
        try (InputStream in = storage().open(at("streamed"))) {
            assertThat(in.read()).isEqualTo(content[0] & 0xFF);
        }
    }

    @Test
    void saysThatAccessIsDenied() {
        System.setProperty("aws.secretAccessKey", "wrong");
        try {
            URI uri = URI.create("s3://bucket/denied");
            Map<String, String> other = new java.util.HashMap<>(settings());
            other.put("fs.s3a.endpoint.region", "eu-west-1");
            assertThatThrownBy(() -> Storages.open(uri, other).readAll(uri))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(
                            "access is denied; check the permissions, on an object store the credentials");
        } finally {
            System.setProperty("aws.secretAccessKey", "key");
        }
    }
}
