package corpusmill.jobs.ingest;

import com.github.luben.zstd.ZstdOutputStream;
import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Megabytes of text a CPU second from files of JSON lines to documents in Parquet, ours beside Spark's own json source,
 * plain, zstd and gzip, in alternating rounds of one process with the session that runs have; the best round of each
 * counts. CPU time is that of the process, compiler and garbage collector included. Run it with the compiler that jobs
 * run with, not the short one of the tests, by the profile {@code jmh}; README.md has the command.
 */
final class IngestSpeed {

    private static final int ROUNDS = 4;

    /** So often the shared corpora stand in a file, for a job to be longer than what starts and ends it. */
    private static final int COPIES = 3;

    private final SparkSession spark;
    private final Path folder;
    private final Map<String, Double> best = new TreeMap<>();

    private IngestSpeed(SparkSession spark, Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    /** The argument is a folder for some gigabytes that are deleted again. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "speed");
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.parquet.compression.codec", "zstd")
                .config("spark.hadoop.parquet.compression.codec.zstd.level", "1")
                .getOrCreate();
        IngestSpeed speed = new IngestSpeed(spark, folder);
        Map<String, Path> files = speed.corpora();
        double megabytes = speed.megabytes(files);
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                speed.measure(file.getKey() + ", ours", megabytes, speed.ours(file.getValue()));
                speed.measure(file.getKey() + ", Spark's json", megabytes, speed.sparks(file.getValue()));
            }
        }
        speed.best.forEach(
                (what, rate) -> System.out.printf(Locale.ROOT, "%-20s %6.1f MB of text a CPU second%n", what, rate));
        spark.stop();
        try (Stream<Path> below = Files.walk(folder)) {
            below.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    /** MB of text in each of the files. */
    private double megabytes(Map<String, Path> files) {
        long bytes = ours(files.getOrDefault("plain", folder))
                .selectExpr("sum(octet_length(text))")
                .first()
                .getLong(0);
        return bytes / 1e6;
    }

    private Map<String, Path> corpora() throws IOException {
        Path plain = folder.resolve("plain.jsonl");
        Path gzip = folder.resolve("gzip.jsonl.gz");
        Path zstd = folder.resolve("zstd.jsonl.zst");
        try (OutputStream out = Files.newOutputStream(plain)) {
            for (int copy = 0; copy < COPIES; copy++) {
                writeCorpora(out);
            }
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip), 1 << 16)) {
            Files.copy(plain, out);
        }
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            Files.copy(plain, out);
        }
        return new TreeMap<>(Map.of("plain", plain, "gzip", gzip, "zstd", zstd));
    }

    private static void writeCorpora(OutputStream out) throws IOException {
        for (String name : List.of("jsonl", "jsonl-zst")) {
            try (Stream<Path> files = Files.list(SharedData.corpora().resolve(name))) {
                for (Path file : files.sorted().toList()) {
                    SourceStream source = SourceStream.local(file.toUri().toString(), file);
                    try (InputStream in = Decompression.open(source)) {
                        in.transferTo(out);
                    }
                    out.write('\n');
                }
            }
        }
    }

    private Dataset<Ingested> ours(Path file) {
        List<SourceFile> listed = InputListing.of(
                        List.of(new InputConfig(file.toString(), "speed", InputFormat.AUTO, FieldsConfig.DEFAULT)),
                        Map.of())
                .files();
        return IngestStage.of(IngestConfig.DEFAULT, Map.of()).read(spark, listed);
    }

    private Dataset<Row> sparks(Path file) {
        return spark.read()
                .schema("id string, text string, _corrupt_record string")
                .json(file.toString());
    }

    private void measure(String what, double megabytes, Dataset<?> documents) {
        double before = cpuSeconds();
        documents.write().mode(SaveMode.Overwrite).parquet(folder.resolve("out").toString());
        best.merge(what, megabytes / (cpuSeconds() - before), Math::max);
    }

    private static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }
}
