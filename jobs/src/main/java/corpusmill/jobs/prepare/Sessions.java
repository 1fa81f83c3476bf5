package corpusmill.jobs.prepare;

import corpusmill.formats.storage.Storages;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spark sessions with the settings that every run needs. What spark-submit was given wins, and the job file over all. */
final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    /**
     * Settings that Spark keeps out of event log and pages, by their names or values: its own default knows neither the
     * keys of Azure, Google and Oracle nor presigned addresses.
     */
    private static final String REDACTED =
            "(?i)secret|passw(or)?d|passphrase|token|credential|signature|(access|account|private|encryption|api)[._-]?key|[.]sas[.]|[?&]sig=|-----BEGIN"
                    + " |(AKIA|ASIA)[0-9A-Z]{16}|hf_[A-Za-z0-9]{30,}";

    /** What of the small objects S3's connector keeps in memory, in bytes. */
    static final int KEPT_BYTES = 64 << 20;

    private static final Map<String, String> WRITE_ONCE = Map.of(
            "fs.s3a.performance.flags",
            "create",
            "fs.s3a.create.conditional.enabled",
            "false",
            "fs.s3a.analytics.accelerator.physicalio.cache.timeout",
            "3600000",
            "fs.s3a.analytics.accelerator.physicalio.max.memory.limit",
            Integer.toString(KEPT_BYTES));
    private static final String ZSTD_LEVEL = "spark.hadoop.parquet.compression.codec.zstd.level";
    private static final String ROW_GROUP = "spark.hadoop.parquet.block.size";
    private static final String HADOOP = "spark.hadoop.";
    private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";

    /** Input that is small where everything runs in this process, in stored bytes. */
    private static final long SMALL_INPUT = 128L << 20;

    private static final long PARTITION_OF_SMALL = 8L << 20;
    private static final int ROW_GROUP_OF_SMALL = 16 << 20;
    private static final String HERE = "local[*,4]";
    private static final String MASTER = "spark.master";
    private static final String HOST = "corpusmill.master"; // set where the process is not ours

    private Sessions() {}

    /**
     * A session for a run.
     *
     * @param settings Spark settings by their full names
     * @param input its size in stored bytes
     */
    static SparkSession open(Map<String, String> settings, long input) {
        SparkSession.Builder builder = SparkSession.builder().appName("corpusmill");
        if (master(settings).isEmpty()) {
            builder.master(HERE);
        }
        // spark-submit leaves what it was given in the system properties.
        defaults(settings, input).forEach((name, value) -> builder.config(name, System.getProperty(name, value)));
        settings.forEach(builder::config);
        plugins(settings, builder);
        return builder.getOrCreate();
    }

    private static void plugins(Map<String, String> settings, SparkSession.Builder builder) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        GpuPlugin gpu = new GpuPlugin(
                loader == null ? Sessions.class.getClassLoader() : loader,
                Path.of("/"),
                org.apache.spark.package$.MODULE$.SPARK_VERSION());
        GpuPlugin.Choice choice = gpu.choose(
                setting(settings, "spark.plugins", ""),
                setting(settings, GpuPlugin.WANTED, "required"),
                isLocal(settings));
        choice.obstacle().ifPresent(obstacle -> {
            LOG.warn("running on the CPU: {}", obstacle);
            builder.config("spark.plugins", choice.plugins());
        });
        choice.hint().ifPresent(LOG::warn);
    }

    private static String setting(Map<String, String> settings, String name, String otherwise) {
        return settings.getOrDefault(name, System.getProperty(name, otherwise));
    }

    /** Hadoop's settings among Spark's, those of the job file over those of the launcher. */
    static Map<String, String> hadoop(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        // What spark-submit was given, and what its own files say.
        System.getProperties().stringPropertyNames().forEach(name -> all.put(name, System.getProperty(name)));
        all.putAll(settings);
        Map<String, String> hadoop = new TreeMap<>(requestCounting(settings));
        all.forEach((name, value) -> {
            if (name.startsWith(HADOOP)) {
                hadoop.put(name.substring(HADOOP.length()), value);
            }
        });
        return Map.copyOf(hadoop);
    }

    /**
     * Hadoop's settings as Spark itself and the readers of the input know them. Beside {@link #hadoop}: files get names
     * that no other has, so the connector of S3 need not look whether there is one already (two requests a file); nor may
     * it make the upload conditional instead, since an upload that is sent again after its answer was lost would then
     * fail by itself. And since no file changes, what was read of the small ones stays good for later queries: an hour
     * and 64 MiB instead of a second and 2 GiB.
     */
    static Map<String, String> connector(Map<String, String> settings) {
        Map<String, String> connector = new TreeMap<>(WRITE_ONCE);
        connector.putAll(hadoop(settings));
        return Map.copyOf(connector);
    }

    /** Where Spark runs: what the job file says, else spark-submit, else whoever owns this process. */
    private static Optional<String> master(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(MASTER))
                .or(() -> Optional.ofNullable(System.getProperty(MASTER)))
                .or(() -> Optional.ofNullable(System.getProperty(HOST)));
    }

    /** Tasks that run at a time: what the master says, on a cluster what is asked of it, two where nothing is. */
    static int cores(Map<String, String> settings) {
        String master = master(settings).orElse(HERE);
        Matcher local = Pattern.compile("local\\[(\\d+)[],].*|local-cluster\\[(\\d+),(\\d+),.*")
                .matcher(master);
        if (local.matches()) {
            return local.group(1) != null
                    ? Integer.parseInt(local.group(1))
                    : Integer.parseInt(local.group(2)) * Integer.parseInt(local.group(3));
        }
        if (isLocal(settings)) {
            return master.equals("local") ? 1 : Runtime.getRuntime().availableProcessors();
        }
        return Integer.parseInt(setting(settings, "spark.executor.instances", "2"))
                * Integer.parseInt(setting(settings, "spark.executor.cores", "1"));
    }

    /** Tasks behind a shuffle, before Spark joins small ones. */
    static int shufflePartitions(Map<String, String> settings, long input) {
        return Integer.parseInt(chosen(settings, input, PARTITIONS, "200"));
    }

    /** Whether Spark joins small tasks behind a shuffle, and plans anew when it knows their sizes. */
    static boolean isAdaptive(Map<String, String> settings, long input) {
        return Boolean.parseBoolean(chosen(settings, input, ADAPTIVE, "true"));
    }

    /** Level of zstd in the results of stages. */
    static int compressionLevel(Map<String, String> settings) {
        return Integer.parseInt(chosen(settings, Long.MAX_VALUE, ZSTD_LEVEL, "3"));
    }

    private static String chosen(Map<String, String> settings, long input, String name, String ofSpark) {
        return setting(settings, name, defaults(settings, input).getOrDefault(name, ofSpark));
    }

    /**
     * Whether everything runs in this process on so little input that to get going costs more than the work: planning
     * anew, small tasks, Java's second compiler.
     */
    static boolean isSmall(Map<String, String> settings, long input) {
        return isLocal(settings) && input <= SMALL_INPUT;
    }

    /** Whether everything runs in this process. */
    static boolean isLocal(Map<String, String> settings) {
        String master = master(settings).orElse(HERE);
        return master.startsWith("local") && !master.startsWith("local-cluster");
    }

    // Elsewhere the executors' connector may not see the class, and nobody would gather what it counts there.
    private static Map<String, String> requestCounting(Map<String, String> settings) {
        return isLocal(settings) ? Storages.requestCounting() : Map.of();
    }

    private static Map<String, String> defaults(Map<String, String> settings, long input) {
        Map<String, String> defaults = new TreeMap<>();
        defaults.put("spark.ui.enabled", "false");
        defaults.put("spark.redaction.regex", REDACTED);
        defaults.put("spark.sql.parquet.compression.codec", "zstd");
        // Results of stages are read back once or twice: a fifth more bytes for a third of the time to compress them.
        defaults.put(ZSTD_LEVEL, "1");
        // Rows with a text of some kilobytes each: a batch of 4,096 would not stay in the cache.
        defaults.put("spark.sql.parquet.columnarReaderBatchSize", "64");
        defaults.put("spark.sql.session.timeZone", "UTC");
        defaults.put("spark.hadoop.fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        WRITE_ONCE.forEach((name, value) -> defaults.put(HADOOP + name, value));
        requestCounting(settings).forEach((name, value) -> defaults.put(HADOOP + name, value));
        if (isLocal(settings)) {
            defaults.put("spark.driver.host", "127.0.0.1");
            defaults.put("spark.driver.bindAddress", "127.0.0.1");
            // A full heap fails the run with a sentence, instead of ending this process from inside a task.
            defaults.put("spark.executor.killOnFatalError.depth", "0");
            boolean small = isSmall(settings, input);
            long most = Math.max(4, 2L * Runtime.getRuntime().availableProcessors());
            long partitions = small ? Math.min(most, Math.max(1, input / PARTITION_OF_SMALL)) : most;
            defaults.put(PARTITIONS, Long.toString(partitions));
            if (small) {
                // One large file becomes one result, which several tasks then read: by such groups of rows.
                defaults.put(ROW_GROUP, Integer.toString(ROW_GROUP_OF_SMALL));
            }
            // What is shuffled goes to the disk and comes back, and is mostly tokens, which hardly shrink.
            defaults.put("spark.shuffle.compress", "false");
            // Said in either case, since a session may have served another run before.
            defaults.put(ADAPTIVE, Boolean.toString(!small));
        } else {
            // Spark's own default is INFO, tens of lines a stage.
            defaults.put("spark.log.level", "WARN");
        }
        return defaults;
    }
}
