package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.testing.ChaosProxy;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Server;
import java.io.ByteArrayOutputStream;
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
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan} says before a run against what the run then does, counted by a proxy before the store. */
@ExtendWith(LocalSpark.class)
class PlanOnS3Test {

    private static final double TOLERANCE = 0.10;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsRequestsAndBytesOfTheSample(S3Server s3) throws IOException {
        s3.createBucket("planned");
        try (ChaosProxy proxy = ChaosProxy.before(s3)) {
            SampleOnS3 sample = new SampleOnS3("planned", proxy.settings());
            sample.upload();
            compare(proxy, "planned", command -> sample.run(command, "--json"));
        }
    }

    /** With adaptive execution too, which a run of more input has. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsRequestsAndBytesOfManyFilesWithoutNearDuplicates(boolean adaptive, S3Server s3) throws IOException {
        String bucket = "lines-" + adaptive;
        s3.createBucket(bucket);
        try (ChaosProxy proxy = ChaosProxy.before(s3)) {
            Map<String, String> settings = new TreeMap<>();
            proxy.settings().forEach((name, value) -> settings.put("spark.hadoop." + name, value));
            if (adaptive) {
                settings.put("spark.sql.adaptive.enabled", "true");
                settings.put("spark.sql.shuffle.partitions", "4");
            }
            compare(proxy, bucket, job(URI.create("s3://" + bucket), proxy.settings(), settings));
        }
    }

    @Test
    void tellsBytesOfALocalRun() throws IOException {
        Function<String, Invocation> run = job(folder.toUri(), Map.of(), Map.of());
        JsonNode plan = new ObjectMapper().readTree(run.apply("plan").out());
        assertThat(plan.get("requests").asLong()).isZero();
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("out.work")).doesNotExist();
        Invocation made = run.apply("prepare");
        assertThat(made.code()).as(made.err()).isZero();
        long written = bytes(folder.resolve("out")) + bytes(folder.resolve("out.work"));
        close("bytes written", plan.get("bytes_to_write").asLong(), written);
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".crc")) // Hadoop's own
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** A job over two dozen files of lines, plain and compressed, and how a command is run on it. */
    private Function<String, Invocation> job(URI root, Map<String, String> store, Map<String, String> spark)
            throws IOException {
        Storage storage = Storages.open(root, store);
        Random random = new Random(7);
        for (int file = 0; file < 24; file++) {
            byte[] content = lines(random, 40 + random.nextInt(200));
            boolean compressed = file % 3 == 0;
            byte[] bytes = compressed ? gzip(content) : content;
            String name = String.format(
                    Locale.ROOT,
                    "raw/%s/part-%02d.jsonl%s",
                    file < 16 ? "web" : "books",
                    file,
                    compressed ? ".gz" : "");
            storage.write(Storages.resolve(root, name), out -> out.write(bytes));
        }
        String place = root.toString().replaceFirst("/$", "");
        Path job = Files.writeString(folder.resolve("job.yaml"), """
                input: [ { path: "%1$s/raw/web" }, { path: "%1$s/raw/books/part-*.jsonl*" } ]
                output: "%1$s/out"
                deduplication: { near: { enabled: false } }
                tokenizer: { path: "%2$s" }
                packing: { sequence-length: 512 }
                shards: { target-size: 512KiB }
                """.formatted(
                        place, Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json")));
        return command -> {
            List<String> words = new ArrayList<>(List.of(command, "--json", "--config", job.toString()));
            spark.forEach((name, value) -> words.addAll(List.of("--set", name + "=\"" + value + "\"")));
            LocalSpark.stop(); // a session that runs knows the endpoint of another test
            return Invocation.of(words.toArray(String[]::new));
        };
    }

    private static void compare(ChaosProxy proxy, String bucket, Function<String, Invocation> run) throws IOException {
        long writesBefore = proxy.writes();
        Invocation planned = run.apply("plan");
        assertThat(planned.code()).as(planned.err()).isZero();
        JsonNode plan = new ObjectMapper().readTree(planned.out());
        long requests = proxy.requests();
        long written = proxy.bytesWritten();
        long read = proxy.bytesRead();
        assertThat(proxy.writes()).isEqualTo(writesBefore);
        // The run is another process, as a rule, and has nothing in memory of what was read here.
        FileSystem.get(URI.create("s3a://" + bucket), new Configuration()).close();
        Invocation made = run.apply("prepare");
        assertThat(made.code()).as(made.err()).isZero();
        System.out.println("planned " + plan.get("requests_by_stage") + "\nmade    "
                + new ObjectMapper().readTree(made.out()).get("requests"));
        close("requests", plan.get("requests").asLong(), proxy.requests() - requests);
        close("bytes written", plan.get("bytes_to_write").asLong(), proxy.bytesWritten() - written);
        close("bytes read", plan.get("bytes_to_read").asLong(), proxy.bytesRead() - read);
    }

    private static void close(String what, long predicted, long actual) {
        System.out.printf(
                Locale.ROOT,
                "%s: predicted %,d, actual %,d: %+.1f %%%n",
                what,
                predicted,
                actual,
                100.0 * (predicted - actual) / actual);
        assertThat((double) Math.abs(predicted - actual))
                .as("%s: predicted %d, actual %d", what, predicted, actual)
                .isLessThanOrEqualTo(TOLERANCE * actual);
    }

    private static byte[] lines(Random random, int documents) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int document = 0; document < documents; document++) {
            StringBuilder text = new StringBuilder();
            int words = 50 + random.nextInt(300);
            for (int word = 0; word < words; word++) {
                text.append(WORDS[(int) (WORDS.length * Math.pow(random.nextDouble(), 3))])
                        .append(word % 13 == 12 ? ". " : " ");
            }
            lines.writeBytes(new ObjectMapper()
                    .writeValueAsBytes(Map.of("text", text.toString().strip())));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static final String[] WORDS =
            "the of and to in is that was for it with as his on be at by this had not are but from or have an they which one you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through back years where much your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might us great old year off come since against go came right used take three"
                    .split(" ", -1);

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
