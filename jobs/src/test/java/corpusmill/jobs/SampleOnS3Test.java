package corpusmill.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.testing.ChaosProxy;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Request;
import corpusmill.jobs.testing.S3Server;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample job from s3:// to s3://, through a proxy that counts what goes over the wire. */
@ExtendWith(LocalSpark.class)
class SampleOnS3Test {

    private static final Map<String, String> NAMES = Map.of(
            "INPUT-BUCKET",
            "samples",
            "INPUT",
            "corpus",
            "OUTPUT-BUCKET",
            "samples",
            "OUTPUT",
            "out",
            "WORK",
            "out.work");

    @Test
    void countsAndMayMakeEveryRequestOfARunOnS3(S3Server s3) throws IOException {
        s3.createBucket("samples");
        try (ChaosProxy proxy = ChaosProxy.before(s3)) {
            SampleOnS3 sample = new SampleOnS3("samples", proxy.settings());
            sample.upload();
            int begun = proxy.log().size();
            Invocation plan = sample.run("plan");
            assertThat(plan.code()).as(plan.err()).isZero();
            List<S3Request> planned = proxy.log().subList(begun, proxy.log().size());
            assertThat(planned).extracting(S3Request::action).containsOnly("s3:GetObject", "s3:ListBucket");
            int before = proxy.log().size();
            JsonNode summary = sample.prepare();
            List<S3Request> sent = proxy.log().subList(before, proxy.log().size());
            System.out.println(summary.get("requests"));
            long counted = 0;
            for (JsonNode stage : summary.get("requests")) {
                for (JsonNode count : stage) {
                    counted += count.asLong();
                }
            }
            assertThat(counted).isEqualTo(sent.size());
            assertThat(summary.get("requests").fieldNames())
                    .toIterable()
                    .containsExactly("look", "ingest", "deduplicate", "tokenize", "write", "publish");
            Policy policy = Policy.of("run", NAMES);
            assertThat(sent.stream().filter(request -> !policy.allows(request))).isEmpty();
            assertThat(policy.unused()) // by a run in which nothing fails
                    .allMatch(unused -> unused.endsWith("AbortMultipartUpload") || unused.endsWith("DeleteObject"));
            assertThat(summary.get("requests").toString()).doesNotContain("Copy", "Delete");
            for (String stage : List.of("ingest", "deduplicate", "tokenize", "publish")) {
                assertThat(summary.get("requests").get(stage).fieldNames())
                        .toIterable()
                        .as(stage)
                        .containsExactly("GetObject", "HeadObject", "PutObject"); // nothing is listed
            }

            sample.check(summary);
            JsonNode again =
                    new ObjectMapper().readTree(sample.run("prepare", "--json").out());
            assertThat(again.get("up_to_date").asBoolean()).isTrue();
            assertThat(again.get("requests").toString()).doesNotContain("Put");
            String report =
                    new String(sample.storage().readAll(Storages.resolve(sample.output(), "report.html")), UTF_8);
            assertThat(report).contains("Requests to S3", "PutObject");
        }
    }
}
