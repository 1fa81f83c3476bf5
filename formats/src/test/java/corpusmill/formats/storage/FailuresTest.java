package corpusmill.formats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;

/** What a store says is missing, in one sentence that can be read. */
class FailuresTest {

    private static final URI PLACE = URI.create("s3://bucket/v1/manifest.json");

    @Test
    void saysWhereCredentialsMayCome() {
        AwsCredentialsProviderChain none = AwsCredentialsProviderChain.of(() -> {
            throw SdkClientException.create("none here");
        });
        assertThat(Failures.of("read", PLACE, failure(none::resolveCredentials)))
                .hasMessage(
                        "cannot read s3://bucket/v1/manifest.json: no credentials were found; set AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or give the machine a role");
    }

    @Test
    void saysWhereARegionMayCome() {
        AwsRegionProviderChain none = new AwsRegionProviderChain(() -> null);
        assertThat(Failures.of("look at", PLACE, failure(none::getRegion)))
                .hasMessage(
                        "cannot look at s3://bucket/v1/manifest.json: no region was found; set AWS_REGION, or for another"
                                + " store fs.s3a.endpoint and fs.s3a.endpoint.region in a core-site.xml of the folder"
                                + " HADOOP_CONF_DIR");
    }

    /** What the SDK throws, whose words its next version may change. */
    private static SdkClientException failure(Runnable call) {
        try {
            call.run();
        } catch (SdkClientException e) {
            return e;
        }
        throw new AssertionError("the SDK found something");
    }
}
