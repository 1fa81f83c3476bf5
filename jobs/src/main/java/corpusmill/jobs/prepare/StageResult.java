package corpusmill.jobs.prepare;

import corpusmill.formats.storage.Storages;
import corpusmill.jobs.flow.RecordEncoder;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.SparkSession;

/**
 * A finished result in the work folder: immutable Parquet files, named one by one, so that nothing is listed in order to
 * read.
 *
 * @param name of the result
 * @param directory where the files lie
 * @param files their names below the directory
 * @param seconds wall clock that making it took
 * @param cpuSeconds CPU time of that
 * @param reused whether an earlier run made it
 */
record StageResult(String name, URI directory, List<String> files, double seconds, double cpuSeconds, boolean reused) {

    StageResult {
        files = List.copyOf(files);
    }

    /** The result as records. */
    <T extends Record> Dataset<T> read(SparkSession spark, Class<T> type) {
        Encoder<T> encoder = RecordEncoder.of(type);
        String[] paths = files.stream()
                .map(file -> place(Storages.resolve(directory, file)))
                .toArray(String[]::new);
        return spark.read()
                .schema(encoder.schema())
                .option("ignoreCorruptFiles", "false")
                .option("ignoreMissingFiles", "false")
                .option("__globPaths__", "false") // Spark's own name: every letter stands for itself
                .parquet(paths)
                .as(encoder);
    }

    /** A part of it: so many of its files, evenly spread, or all if there are no more. */
    StageResult sample(int most) {
        int step = Math.max(1, (files.size() + most - 1) / most);
        List<String> some = IntStream.iterate(0, i -> i < files.size(), i -> i + step)
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
