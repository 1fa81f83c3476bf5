package corpusmill.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.SourceFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * Files to documents, rejected records and one tally a part. Immutable.
 *
 * @param config limits of a record
 * @param partBytes size of a part of a file that can be cut, and of what one task reads of small files
 * @param settings Hadoop settings by their own names
 */
public record IngestStage(IngestConfig config, long partBytes, Map<String, String> settings) {

    /** Size of a part where nothing else is asked for. */
    public static final long PART_BYTES = 64L << 20;

    /**
     * Checks the limits.
     *
     * @throws corpusmill.formats.ConfigException if max-document is over 1 GiB
     */
    public IngestStage {
        if (partBytes < 1) {
            throw new IllegalArgumentException("partBytes must be at least 1 but was " + partBytes);
        }
        settings = Map.copyOf(settings);
        RecordLimits.of(config);
    }

    /** With parts of {@link #PART_BYTES}. */
    public static IngestStage of(IngestConfig config, Map<String, String> settings) {
        return new IngestStage(config, PART_BYTES, settings);
    }

    /** The parts the files are cut into: one tally comes out for each. */
    public List<FilePart> parts(List<SourceFile> files) {
        return FilePart.split(files, partBytes);
    }

    /**
     * Describes the reading; nothing is read before the result is written. Rows stream through the tasks, so no task
     * holds more than a record, or of Parquet a row group's two columns.
     */
    public Dataset<Ingested> read(SparkSession spark, List<SourceFile> files) {
        List<List<FilePart>> groups = PartGroups.of(parts(files), partBytes);
        if (groups.isEmpty()) {
            return spark.createDataset(List.of(), RecordEncoder.of(Ingested.class));
        }
        SourceStore store = new SourceStore(settings);
        RecordLimits limits = RecordLimits.of(config);
        boolean keepsBytes = config.quarantine();
        JavaRDD<IngestedBytes> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(groups, groups.size())
                .mapPartitions(tasks -> rows(tasks, store, limits, keepsBytes));
        return spark.createDataset(rows.rdd(), RecordEncoder.of(IngestedBytes.class))
                .withColumn("text", col("text").cast("string")) // takes the bytes as they are
                .as(RecordEncoder.of(Ingested.class));
    }

    /** How many tasks read the files, each of which makes one file of the result. */
    public int tasks(List<SourceFile> files) {
        return PartGroups.of(parts(files), partBytes).size();
    }

    /**
     * Reads a file from its start, here, until so many bytes of text were found.
     *
     * @throws corpusmill.formats.StorageException if it cannot be read
     */
    public FileSample sample(SourceFile file, long textBytes) {
        List<IngestedBytes> rows = new ArrayList<>();
        List<FilePart> whole = List.of(new FilePart(file, 0, Long.MAX_VALUE));
        try (PartIterator read = new PartIterator(whole, new SourceStore(settings), RecordLimits.of(config), true)) {
            long found = 0;
            while (found < textBytes && read.hasNext()) {
                IngestedBytes row = read.next();
                found += row.text() == null ? row.length() : row.text().length;
                rows.add(row);
            }
            boolean ended = found < textBytes || read.position() == 0;
            return new FileSample(rows, ended ? 1 : Math.min(1, read.position() / (double) Math.max(1, file.bytes())));
        }
    }

    private static Iterator<IngestedBytes> rows(
            Iterator<List<FilePart>> tasks, SourceStore store, RecordLimits limits, boolean keepsBytes) {
        List<FilePart> parts = tasks.hasNext() ? tasks.next() : List.of();
        PartIterator rows = new PartIterator(parts, store, limits, keepsBytes);
        TaskContext.get().addTaskCompletionListener(done -> {
            rows.close();
        });
        return rows;
    }
}
