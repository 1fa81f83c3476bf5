package corpusmill.formats.storage;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How a bucket is reached, by the names that Hadoop's connector gives the settings, so that one setting serves both.
 *
 * @param values of one bucket; {@code fs.s3a.bucket.NAME.} has gone before {@code fs.s3a.}
 */
record S3Settings(Map<String, String> values) {

    private static final String PREFIX = "fs.s3a.";
    private static final String PROVIDER = "aws.credentials.provider";
    private static final int ATTEMPTS = 5;
    private static final String SDK = "software.amazon.awssdk.";
    /** What only Hadoop's connector knows how to do. */
    private static final Set<String> BEYOND = Set.of(
            "access.key",
            "secret.key",
            "session.token",
            "encryption.algorithm",
            "proxy.host",
            "requester.pays.enabled",
            "assumed.role.arn",
            "accesspoint.arn",
            "security.credential.provider.path");

    /** Those of a bucket: the settings given, over those found on the class path. */
    static S3Settings of(String bucket, Map<String, String> given) {
        Configuration configuration = new Configuration();
        given.forEach(configuration::set);
        Map<String, String> values = new TreeMap<>();
        String own = "bucket." + bucket + ".";
        Map<String, String> all = configuration.getPropsWithPrefix(PREFIX);
        all.forEach((name, value) -> {
            if (!name.startsWith("bucket.")) {
                values.put(name, value);
            }
        });
        // Hadoop's own default names its classes for what the SDK's chain finds by itself.
        String[] origin = configuration.getPropertySources(PREFIX + PROVIDER);
        if (origin != null && origin.length > 0 && origin[origin.length - 1].endsWith("core-default.xml")) {
            values.remove(PROVIDER);
        }
        all.forEach((name, value) -> {
            if (name.startsWith(own)) {
                values.put(name.substring(own.length()), value);
            }
        });
        return new S3Settings(values);
    }

    /** Whether the SDK alone can follow all of them. */
    boolean simple() {
        String provider = value(PROVIDER);
        return BEYOND.stream()
                        .allMatch(name -> value(name).isEmpty() || value(name).equals("false"))
                && (provider.isEmpty() || (provider.startsWith(SDK) && !provider.contains(",")));
    }

    private String value(String name) {
        return values.getOrDefault(name, "").strip();
    }

    /** A client; the caller keeps it for all of the bucket's requests. */
    S3Client client() {
        String endpoint = value("endpoint");
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .credentialsProvider(credentials())
                .forcePathStyle(value("path.style.access").equals("true"))
                .overrideConfiguration(configuration ->
                        configuration.addExecutionInterceptor(new S3Requests()).retryStrategy(retries()));
        if (!endpoint.isEmpty()) {
            String scheme = value("connection.ssl.enabled").equals("false") ? "http://" : "https://";
            // Stores of other makers know the older checksums only.
            builder.endpointOverride(URI.create(endpoint.contains("://") ? endpoint : scheme + endpoint))
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        Region region = region(endpoint);
        return (region == null ? builder : builder.region(region)).build();
    }

    // Storms of a busy store last longer than the SDK's own three attempts; Hadoop's own default is five.
    private RetryStrategy retries() {
        String attempts = value("attempts.maximum");
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(attempts) : ATTEMPTS)
                .retryOnException(S3Settings::isCutShort)
                .build();
    }

    // To the SDK a listing that breaks off is an answer that it cannot read, and by itself it does not ask again.
    private static boolean isCutShort(Throwable failure) {
        return failure instanceof SdkClientException
                && String.valueOf(failure.getMessage()).contains("Could not parse XML");
    }

    private @Nullable Region region(String endpoint) {
        String region = value("endpoint.region");
        if (!region.isEmpty()) {
            return Region.of(region);
        }
        return endpoint.isEmpty() ? null : Region.US_EAST_1;
    }

    private AwsCredentialsProvider credentials() {
        String provider = value(PROVIDER);
        if (provider.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        try {
            return (AwsCredentialsProvider)
                    Class.forName(provider).getMethod("create").invoke(null);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new corpusmill.formats.ConfigException(
                    "fs.s3a." + PROVIDER + ": cannot use " + provider + " ("
                            + e.getClass().getSimpleName() + "); leave it out to use the platform's own credentials",
                    e);
        }
    }
}
