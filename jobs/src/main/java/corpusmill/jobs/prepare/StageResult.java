package corpusmill.jobs.prepare;

import corpusmill.formats.storage.Storages;
import corpusmill.jobs.flow.RecordEncoder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A finished result in the work folder: immutable Parquet files, named one by one, so that nothing is listed in order to
 * read.
 *
 * @param name of the result
 * @param directory where the files lie
 * @param files of one store
 * @param seconds wall clock that making it took
 * @param cpuSeconds CPU time of that
 * @param reused whether an earlier run made it
 */
record StageResult(
        String name, URI directory, List<StageFile> files, double seconds, double cpuSeconds, boolean reused) {

    /** Stores that say on which machines a file lies, for which Spark has to ask them. */
    private static final Set<String> LOCATED = Set.of("hdfs", "viewfs");

    private static final Map<String, String> STRICT =
            Map.of("ignoreCorruptFiles", "false", "ignoreMissingFiles", "false");

    StageResult {
        files = List.copyOf(files);
    }

    /** The result as records. */
    <T extends Record> Dataset<T> read(SparkSession spark, Class<T> type) {
        Encoder<T> encoder = RecordEncoder.of(type);
        Map<String, Long> sizes = new LinkedHashMap<>();
        files.forEach(file -> sizes.put(place(Storages.resolve(directory, file.name())), file.bytes()));
        Dataset<Row> rows = LOCATED.contains(directory.getScheme())
                ? parquet(spark).schema(encoder.schema()).parquet(sizes.keySet().toArray(String[]::new))
                : KnownFiles.read(spark, encoder.schema(), sizes, STRICT);
        return rows.as(encoder);
    }

    /** Reads Parquet files that are named one by one. */
    static DataFrameReader parquet(SparkSession spark) {
        // The last is Spark's own name: every letter stands for itself.
        return spark.read().options(STRICT).option("__globPaths__", "false");
    }

    /** A part of it: so many of its files, evenly spread, or all if there are no more. */
    StageResult sample(int most) {
        int step = Math.max(1, (files.size() + most - 1) / most);
        List<StageFile> some = IntStream.iterate(0, i -> i < files.size(), i -> i + step)
                .mapToObj(files::get)
                .toList();
        return new StageResult(name, directory, some, seconds, cpuSeconds, reused);
    }

    /** A place as Spark wants it told: letter by letter, nothing escaped. */
    static String place(URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        return uri.getScheme() + "://" + authority + uri.getPath();
    }
}
