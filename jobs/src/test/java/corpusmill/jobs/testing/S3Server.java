package corpusmill.jobs.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import corpusmill.formats.storage.Storages;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 server in this JVM, on a free port of the loopback address, that keeps its objects in memory. Thread-safe. */
public final class S3Server implements AutoCloseable {

    private static final String ACCESS_KEY = "test-access";
    private static final String SECRET_KEY = "test-secret";
    private static final String ACCESS_PROPERTY = "aws.accessKeyId";
    private static final String SECRET_PROPERTY = "aws.secretAccessKey";

    private final TransientNio2BlobStore store;
    private final S3Proxy proxy;

    private S3Server(TransientNio2BlobStore store, S3Proxy proxy) {
        this.store = store;
        this.proxy = proxy;
    }

    /** Skips the test where the line of Spark brings a Servlet API that is too old for the server. */
    static void assumeItAnswers() {
        assumeThat(S3Server.class.getClassLoader().getResource("jakarta/servlet/ServletConnection.class"))
                .as("the embedded S3 server needs Servlet 6; Spark before 4.2 brings 5")
                .isNotNull();
    }

    /** Starts a server; the credentials for it are system properties until it is closed. */
    static S3Server start() {
        TransientNio2BlobStore store = new TransientNio2BlobStore();
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        try {
            proxy.start();
        } catch (Exception e) { // what it declares
            throw new IllegalStateException("the S3 server did not start", e);
        }
        System.setProperty(ACCESS_PROPERTY, ACCESS_KEY);
        System.setProperty(SECRET_PROPERTY, SECRET_KEY);
        return new S3Server(store, proxy);
    }

    /** Makes an empty bucket. */
    public void createBucket(String name) {
        store.createContainer(name);
    }

    int port() {
        return proxy.getPort();
    }

    /** What Hadoop has to know to reach the server by {@code s3a} and {@code s3}. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        settings.put("fs.s3a.endpoint", "http://127.0.0.1:" + proxy.getPort());
        settings.put("fs.s3a.endpoint.region", "us-east-1");
        settings.put("fs.s3a.path.style.access", "true");
        settings.put("fs.s3a.connection.ssl.enabled", "false");
        settings.put(
                "fs.s3a.aws.credentials.provider",
                "software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider");
        settings.putAll(Storages.requestCounting());
        return settings;
    }

    @Override
    public void close() {
        System.clearProperty(ACCESS_PROPERTY);
        System.clearProperty(SECRET_PROPERTY);
        try {
            proxy.stop();
        } catch (Exception e) { // what it declares
            throw new IllegalStateException("the S3 server did not stop", e);
        }
    }
}
