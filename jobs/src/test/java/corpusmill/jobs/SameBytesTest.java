package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.storage.StoredFile;
import corpusmill.formats.verify.DatasetVerifier;
import corpusmill.formats.verify.Depth;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same corpus gives the same dataset, byte for byte, however and wherever it is prepared. */
@ExtendWith(LocalSpark.class)
class SameBytesTest {

    /** Spark's help against skew and small tables, off. */
    static final List<String> WITHOUT_HELP =
            List.of("spark.sql.adaptive.enabled=false", "spark.sql.autoBroadcastJoinThreshold=-1");

    /** After so long a run in a small heap is given up. */
    static final long SMALL_HEAP_MINUTES = 10;

    @TempDir
    private static Path folder = Path.of("");

    private static SmallCorpus corpus;
    private static Path job;
    private static Path reference;

    /** The dataset that all others are held against: two threads, and all else as a run of little input has it. */
    @BeforeAll
    static void prepareOnce() throws IOException {
        corpus = SmallCorpus.write(folder.resolve("raw"), 11);
        reference = folder.resolve("reference");
        job = corpus.jobFile(folder.resolve("job.yaml"), reference.toString());
        assertDone(Invocation.of("prepare", "--config", job.toString()));
    }

    private static void assertDone(Invocation run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    /** Prepares the corpus here into a folder of this name, and gives that. */
    private static Path prepare(String name, String... settings) {
        Path output = folder.resolve(name);
        assertDone(Invocation.of(Stream.concat(
                        Stream.of("prepare", "--config", job.toString(), "--set", "output=" + output),
                        Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new)));
        return output;
    }

    @Test
    void onOneCoreWithOtherPartitionsAndPlans() {
        Path output = folder.resolve("one");
        LocalSpark.stop();
        try {
            assertDone(Invocation.of(
                    "prepare",
                    "--config",
                    job.toString(),
                    "--master",
                    "local[1]",
                    "--set",
                    "output=" + output,
                    "--set",
                    "spark.spark.sql.shuffle.partitions=5",
                    "--set",
                    "spark.sql.adaptive.enabled=false",
                    "--set",
                    "spark.sql.autoBroadcastJoinThreshold=-1",
                    "--set",
                    "spark.sql.files.maxPartitionBytes=20000"));
        } finally {
            LocalSpark.stop();
        }
        assertThat(Snapshot.dataset(output)).isEqualTo(Snapshot.dataset(reference));
    }

    /** As a run of more input has it. */
    @Test
    void withAdaptiveExecution() {
        Path output = prepare("adaptive", "spark.sql.adaptive.enabled=true", "spark.sql.shuffle.partitions=4");
        assertThat(Snapshot.dataset(output)).isEqualTo(Snapshot.dataset(reference));
    }

    @Test
    @Tag("long")
    void inOneGigabyteWithoutBroadcastAndAdaptiveExecution() throws IOException, InterruptedException {
        Path output = folder.resolve("small");
        Path logs = Files.createDirectories(folder.resolve("small-logs"));
        Invocation run = ChildRun.prepare(logs, job, output, WITHOUT_HELP.toArray(String[]::new))
                .await(SMALL_HEAP_MINUTES);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Snapshot.dataset(output)).isEqualTo(Snapshot.dataset(reference));
    }

    @Test
    void onEitherEngine() {
        Path output = prepare("engine", "tokenizer.engine=reference");
        Storage storage = Storages.open(output.toUri());
        Manifest other = manifest(storage, output.toUri());
        Manifest first = manifest(storage, reference.toUri());
        assertThat(other.tokenizer().engine()).isEqualTo("reference");
        assertThat(first.tokenizer().engine()).isEqualTo("fast");
        assertThat(other.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(other.rootHash()).isEqualTo(first.rootHash());
        SortedMap<String, String> files = Snapshot.dataset(output);
        SortedMap<String, String> expected = Snapshot.dataset(reference);
        files.remove(Manifest.NAME);
        expected.remove(Manifest.NAME);
        assertThat(files).isEqualTo(expected);
    }

    @Test
    void onExecutorsThatAreProcesses() throws IOException, InterruptedException {
        Path output = folder.resolve("processes");
        LocalCluster cluster = LocalCluster.in(folder.resolve("spark"));
        Invocation run = cluster.run(2, "prepare", "--config", job.toString(), "--set", "output=" + output);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(cluster.executors()).isEqualTo(2);
        assertThat(Snapshot.dataset(output)).isEqualTo(Snapshot.dataset(reference));
    }

    @Test
    void onAnObjectStore(S3Server s3) throws IOException {
        s3.createBucket("corpus");
        URI root = URI.create("s3a://corpus/out");
        Storage storage = Storages.open(root, s3.settings());
        try (Stream<Path> files = Files.walk(folder.resolve("raw"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String name = folder.relativize(file).toString();
                storage.write(Storages.resolve(URI.create("s3a://corpus"), name), out -> out.write(bytes));
            }
        }
        Path remote = Files.writeString(
                folder.resolve("s3.yaml"),
                Files.readString(job)
                        .replace(folder + "/raw/", "s3a://corpus/raw/")
                        .replace("output: \"" + reference, "output: \"" + root));
        assertDone(Invocation.of(withSettings(s3, "prepare", "--config", remote.toString())));

        SortedMap<String, String> shards = shards(storage, root);
        assertThat(shards).hasSizeGreaterThan(3).isEqualTo(shards(Storages.open(reference.toUri()), reference.toUri()));
        assertThat(manifest(storage, root).rootHash())
                .isEqualTo(manifest(Storages.open(reference.toUri()), reference.toUri())
                        .rootHash());
        assertThat(new DatasetVerifier(storage).verify(root, Depth.FULL).findings())
                .isEmpty();

        Invocation again = Invocation.of(withSettings(s3, "prepare", "--config", remote.toString(), "--json"));
        assertDone(again);
        assertThat(again.out()).contains("\"up_to_date\":true");

        // Every command on the dataset reaches its store by the job file, as the run did.
        String dataset = root.toString();
        for (String command : List.of("verify --quick", "inspect", "report", "compare " + dataset)) {
            String words = command + " " + dataset + " --config " + remote;
            assertDone(Invocation.of(withSettings(s3, words.split(" ", -1))));
        }
    }

    private static String[] withSettings(S3Server s3, String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        s3.settings().entrySet().stream()
                                .flatMap(setting -> Stream.of(
                                        "--set",
                                        "spark.hadoop." + setting.getKey() + "=\"" + setting.getValue() + "\"")))
                .toArray(String[]::new);
    }

    private static Manifest manifest(Storage storage, URI root) {
        URI uri = Storages.resolve(root, Manifest.NAME);
        return ManifestParser.parse(storage.readAll(uri), uri.toString());
    }

    /** Shards by their names without the fingerprint: the checksum of an input differs from store to store. */
    private static SortedMap<String, String> shards(Storage storage, URI root) {
        SortedMap<String, String> shards = new TreeMap<>();
        List<StoredFile> files = storage.list(Storages.resolve(root, "data"));
        for (StoredFile file : files) {
            String name = file.uri().getPath().replaceFirst(".*/data/[0-9a-f]{12}/", "");
            if (name.endsWith(".arrow")) {
                shards.put(name, Snapshot.sha256(storage.readAll(file.uri())));
            }
        }
        return shards;
    }
}
