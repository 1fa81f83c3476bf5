package corpusmill.jobs.ingest;

import com.github.luben.zstd.ZstdOutputStream;
import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * Megabytes of JSON lines a CPU second from files to documents in Parquet, ours beside Spark's own json source, plain,
 * zstd and gzip, in alternating rounds of one process; the best round of each counts. CPU time is that of the process,
 * compiler and garbage collector included. Run it with the compiler that jobs run with, not the short one of the tests.
 */
final class IngestSpeed {

    private static final int ROUNDS = 5;

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
                .getOrCreate();
        IngestSpeed speed = new IngestSpeed(spark, folder);
        Map<String, Path> files = speed.corpora();
        double megabytes = Files.size(speed.file(files, "plain")) / 1e6;
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                speed.measure(file.getKey() + ", ours", megabytes, speed.ours(file.getValue()));
                speed.measure(file.getKey() + ", Spark's json", megabytes, speed.sparks(file.getValue()));
            }
        }
        speed.best.forEach((what, rate) -> System.out.printf(Locale.ROOT, "%-20s %6.1f MB/CPU s%n", what, rate));
        spark.stop();
        try (Stream<Path> below = Files.walk(folder)) {
            below.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    private Path file(Map<String, Path> files, String name) {
        return files.getOrDefault(name, folder);
    }

    private Map<String, Path> corpora() throws IOException {
        Path plain = folder.resolve("plain.jsonl");
        Files.write(plain, new byte[0]);
        for (String name : List.of("jsonl", "jsonl-zst")) {
            try (Stream<Path> files = Files.list(SharedData.corpora().resolve(name))) {
                for (Path file : files.sorted().toList()) {
                    try (InputStream in = Decompression.open(
                                    SourceStream.local(file.toUri().toString(), file));
                            OutputStream out = Files.newOutputStream(plain, StandardOpenOption.APPEND)) {
                        in.transferTo(out);
                    }
                    Files.write(plain, "\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
                }
            }
        }
        Path gzip = folder.resolve("gzip.jsonl.gz");
        Path zstd = folder.resolve("zstd.jsonl.zst");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip), 1 << 16)) {
            Files.copy(plain, out);
        }
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            Files.copy(plain, out);
        }
        return Map.of("plain", plain, "gzip", gzip, "zstd", zstd);
    }

    private Dataset<?> ours(Path file) {
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
