package corpusmill.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConflictException;
import corpusmill.formats.manifest.CommitId;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestCommit;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.testing.ChaosProxy;
import corpusmill.jobs.testing.ChaosProxy.Fault;
import corpusmill.jobs.testing.ChaosProxy.Weather;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commits and listings on a store that does what it is told and then loses or cuts short three of ten answers. */
@ExtendWith(LocalSpark.class)
class LostAnswersTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void commitsOnceWhenThreeOfTenAnswersAreLost(S3Server s3) throws IOException {
        URI root = StormTest.bucket(s3);
        Path tiny = folder.resolve("tiny");
        TinyDataset.publish(
                tiny.toUri(), new TokenizerEntry("tiny", "ab".repeat(32), "fast", null, 16, "ordinary", List.of(9)), 1);
        Manifest mine = StormTest.manifest(Storages.open(tiny.toUri()), tiny.toUri());
        try (ChaosProxy proxy = ChaosProxy.before(s3)) {
            Storage storage = Storages.open(root, StormTest.settings(proxy, 10));
            proxy.weather(new Weather(StormTest.SEED, Map.of(Fault.LOST_ANSWER, 300)));
            for (int commit = 0; commit < 100; commit++) {
                URI dataset = root.resolve("commit-" + commit);
                ManifestCommit.publish(storage, dataset, mine); // no false failure
                assertThat(StormTest.manifest(storage, dataset).fingerprint()).isEqualTo(mine.fingerprint());
            }
            Manifest other = withFingerprint(mine, "ffffffffffff");
            for (int commit = 0; commit < 20; commit++) {
                URI dataset = root.resolve("commit-" + commit);
                assertThatThrownBy(() -> ManifestCommit.publish(storage, dataset, other))
                        .isInstanceOf(ConflictException.class);
                assertThat(StormTest.manifest(storage, dataset).fingerprint()).isEqualTo(mine.fingerprint());
            }
            System.out.println("lost answers " + proxy.faults());
            assertThat(proxy.faults().get(Fault.LOST_ANSWER)).isGreaterThan(50);
        }
    }

    @Test
    void listsAllWhenListingsBreakOff(S3Server s3) throws IOException {
        URI root = StormTest.bucket(s3);
        try (ChaosProxy proxy = ChaosProxy.before(s3)) {
            Storage storage = Storages.open(root, StormTest.settings(proxy, 10));
            for (int file = 0; file < 5; file++) {
                storage.write(root.resolve("folder/" + file), out -> out.write(1));
            }
            proxy.weather(new Weather(StormTest.SEED, Map.of(Fault.TRUNCATED, 300)));
            for (int time = 0; time < 30; time++) {
                assertThat(storage.list(root.resolve("folder/"))).hasSize(5);
            }
            assertThat(proxy.faults().get(Fault.TRUNCATED)).isGreaterThan(5);
        }
    }

    private static Manifest withFingerprint(Manifest manifest, String fingerprint) {
        String json = ManifestParser.toJson(manifest.withCommitId("")).replace(manifest.fingerprint(), fingerprint);
        String sealed = json.replaceFirst("(\"commit_id\"\\s*:\\s*\")", "$1" + CommitId.of(json.getBytes(UTF_8)));
        return ManifestParser.parse(sealed.getBytes(UTF_8), "other");
    }
}
