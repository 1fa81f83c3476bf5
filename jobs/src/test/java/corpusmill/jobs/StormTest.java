package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.verify.DatasetVerifier;
import corpusmill.formats.verify.Depth;
import corpusmill.jobs.testing.ChaosProxy;
import corpusmill.jobs.testing.ChaosProxy.Fault;
import corpusmill.jobs.testing.ChaosProxy.Weather;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on a store that refuses, stalls, breaks off and loses answers, or stops hearing from a run at any request. What
 * goes wrong is dealt out by a seed that is printed: {@code -Dtest.seed=N} repeats it. {@code -Dtest.faults=N} and
 * {@code -Dtest.cuts=N} say how many at least in the long forms.
 */
@ExtendWith(LocalSpark.class)
class StormTest {

    static final long SEED = Long.getLong("test.seed", 20_261_128L);
    // Of nine requests four have a fault.
    private static final Map<Fault, Integer> STORM = Map.of(
            Fault.SLOW_DOWN, 150,
            Fault.INTERNAL_ERROR, 80,
            Fault.RESET_BEFORE, 50,
            Fault.LOST_ANSWER, 40,
            Fault.TRUNCATED, 60,
            Fault.LATE, 60);

    @TempDir
    private static Path folder = Path.of("");

    private static Path job;
    private static String rootHash;

    /** The dataset that all others are held against, made on a quiet disk. */
    @BeforeAll
    static void prepareQuietly() throws IOException {
        Path reference = folder.resolve("reference");
        job = SmallCorpus.write(folder.resolve("raw"), 12).jobFile(folder.resolve("job.yaml"), reference.toString());
        Invocation run = Invocation.of("prepare", "--config", job.toString());
        assertThat(run.code()).as(run.err()).isZero();
        rootHash = manifest(Storages.open(reference.toUri()), reference.toUri()).rootHash();
        System.out.println("seed " + SEED);
    }

    static Manifest manifest(Storage storage, URI root) {
        URI uri = Storages.resolve(root, Manifest.NAME);
        return ManifestParser.parse(storage.readAll(uri), uri.toString());
    }

    /** The store behind a proxy, with waits that suit a test. */
    static Map<String, String> settings(ChaosProxy proxy, int attempts) {
        Map<String, String> settings = new TreeMap<>(proxy.settings());
        settings.put("fs.s3a.attempts.maximum", Integer.toString(attempts));
        settings.put("fs.s3a.retry.limit", Integer.toString(attempts));
        settings.put("fs.s3a.retry.interval", "5ms");
        settings.put("fs.s3a.retry.throttle.limit", Integer.toString(attempts));
        settings.put("fs.s3a.retry.throttle.interval", "5ms");
        return settings;
    }

    private static Invocation prepare(URI root, Map<String, String> settings, String... more) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("prepare", "--config", job.toString(), "--set", "output=" + root.resolve("out")));
        List<String> sources = List.of("web", "books", "tables");
        for (int i = 0; i < sources.size(); i++) {
            words.addAll(List.of("--set", "input." + i + ".path=" + root.resolve("raw/" + sources.get(i))));
        }
        settings.forEach(
                (name, value) -> words.addAll(List.of("--set", "spark.hadoop." + name + "=\"" + value + "\"")));
        words.addAll(List.of(more));
        LocalSpark.stop(); // a session that runs knows another endpoint
        return Invocation.of(words.toArray(String[]::new));
    }

    private static void upload(Storage storage, URI root) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("raw"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                storage.write(Storages.resolve(root, folder.relativize(file).toString()), out -> out.write(bytes));
            }
        }
    }

    static URI bucket(S3Server s3) {
        String name = "storm-" + UUID.randomUUID();
        s3.createBucket(name);
        return URI.create("s3://" + name + "/");
    }

    @Test
    void makesTheSameBytesInAStorm(S3Server s3) throws IOException {
        storm(s3, 300);
    }

    @Tag("long")
    @Test
    void makesTheSameBytesInALongStorm(S3Server s3) throws IOException {
        storm(s3, Integer.getInteger("test.faults", 10_000));
    }

    private void storm(S3Server s3, int faults) throws IOException {
        long seen = 0;
        for (int round = 0; seen < faults; round++) {
            URI root = bucket(s3);
            try (ChaosProxy proxy = ChaosProxy.before(s3)) {
                Map<String, String> settings = settings(proxy, 12);
                Storage storage = Storages.open(root, settings);
                upload(storage, root);
                proxy.weather(new Weather(SEED + round, STORM));
                Invocation run = prepare(root, settings);
                assertThat(run.code())
                        .as("seed %d: %s", SEED + round, run.err())
                        .isZero();
                proxy.weather(Weather.CALM);
                assertThat(manifest(storage, root.resolve("out")).rootHash()).isEqualTo(rootHash);
                assertThat(new DatasetVerifier(storage)
                                .verify(root.resolve("out"), Depth.FULL)
                                .findings())
                        .isEmpty();
                seen += proxy.faults().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                System.out.printf(
                        Locale.ROOT,
                        "round %d: %d requests, %d of them writes, faults %s%n",
                        round,
                        proxy.requests(),
                        proxy.writes(),
                        proxy.faults());
            }
        }
    }

    @Test
    void resumesWhereverTheStoreStoppedHearingFromIt(S3Server s3) throws IOException {
        cutOffs(s3, 2);
    }

    @Tag("long")
    @Test
    void resumesWhereverTheStoreOftenStoppedHearingFromIt(S3Server s3) throws IOException {
        cutOffs(s3, Integer.getInteger("test.cuts", 10));
    }

    // A run that is cut off looks to a store like one that was killed: it hears nothing more, no clean-up either.
    private void cutOffs(S3Server s3, int times) throws IOException {
        long writes = writesOfAQuietRun(s3);
        Random random = new Random(SEED);
        for (int time = 0; time < times; time++) {
            URI root = bucket(s3);
            try (ChaosProxy proxy = ChaosProxy.before(s3)) {
                Map<String, String> settings = settings(proxy, 1);
                Storage storage = Storages.open(root, settings(proxy, 5));
                upload(storage, root);
                long place = 1 + (writes * time + random.nextInt((int) writes)) / times;
                long begun = proxy.writes();
                proxy.cutOffAfter(place);
                Invocation cut = prepare(root, settings);
                assertThat(cut.code())
                        .as("cut off after %d writes: %s", place, cut.err())
                        .isIn(0, 5);
                proxy.reconnect();
                URI manifest = Storages.resolve(root.resolve("out"), Manifest.NAME);
                boolean visible = storage.stat(manifest).isPresent();
                if (visible) { // then it is whole
                    assertThat(new DatasetVerifier(storage)
                                    .verify(root.resolve("out"), Depth.FULL)
                                    .findings())
                            .isEmpty();
                }
                long before = proxy.writes();
                Invocation resumed = prepare(root, settings);
                assertThat(resumed.code())
                        .as("resumed after %d writes: %s", place, resumed.err())
                        .isZero();
                assertThat(manifest(storage, root.resolve("out")).rootHash()).isEqualTo(rootHash);
                assertThat(new DatasetVerifier(storage)
                                .verify(root.resolve("out"), Depth.FULL)
                                .findings())
                        .isEmpty();
                System.out.printf(
                        Locale.ROOT,
                        "cut off after %d of %d writes (%s): resumed with %d writes%n",
                        place,
                        writes,
                        visible ? "published" : "not published",
                        proxy.writes() - before);
                assertThat(proxy.writes() - before).as("begun %d", begun).isLessThanOrEqualTo(writes + 20);
            }
        }
    }

    private long writesOfAQuietRun(S3Server s3) throws IOException {
        URI root = bucket(s3);
        try (ChaosProxy proxy = ChaosProxy.before(s3)) {
            Map<String, String> settings = settings(proxy, 5);
            upload(Storages.open(root, settings), root);
            long before = proxy.writes();
            assertThat(prepare(root, settings).code()).isZero();
            return proxy.writes() - before;
        }
    }
}
