package corpusmill.jobs.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileStatusCache;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InMemoryFileIndex;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads Parquet files whose names and sizes are known: for Spark they are files that it has listed before, so that it asks
 * no store for them. Given to Spark by their names they cost the driver three requests each on S3, for every query.
 */
final class KnownFiles extends FileStatusCache {

    private final Map<Path, FileStatus> files;

    private KnownFiles(Map<Path, FileStatus> files) {
        this.files = files;
    }

    /**
     * The rows of some files of one store.
     *
     * @param sizes place of a file, as Spark wants it told, → bytes; in the order in which they are read
     */
    static Dataset<Row> read(
            SparkSession spark, StructType schema, Map<String, Long> sizes, Map<String, String> options) {
        Map<Path, FileStatus> files = new HashMap<>();
        List<Path> paths = sizes.entrySet().stream()
                .map(file -> {
                    Path path = qualified(spark, new Path(file.getKey()));
                    files.put(path, new FileStatus(file.getValue(), false, 1, file.getValue(), 0, path));
                    return path;
                })
                .toList();
        scala.collection.immutable.Map<String, String> scalaOptions =
                Map$.MODULE$.from(CollectionConverters.asScala(options));
        InMemoryFileIndex index = new InMemoryFileIndex(
                spark,
                CollectionConverters.asScala(paths).toSeq(),
                scalaOptions,
                Option.apply(schema),
                new KnownFiles(files),
                Option.apply(PartitionSpec.emptySpec()),
                Option.empty());
        return spark.baseRelationToDataFrame(new HadoopFsRelation(
                index,
                new StructType(),
                schema.asNullable(),
                Option.empty(),
                new ParquetFileFormat(),
                scalaOptions,
                spark));
    }

    private static Path qualified(SparkSession spark, Path path) {
        try {
            FileSystem store = path.getFileSystem(spark.sessionState().newHadoopConf());
            return store.makeQualified(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Option<FileStatus[]> getLeafFiles(Path path) {
        FileStatus file = files.get(path);
        return file == null ? Option.empty() : Option.apply(new FileStatus[] {file});
    }

    @Override
    public void putLeafFiles(Path path, FileStatus[] found) {
        throw new IllegalStateException(
                "the file " + path + " of a stage's result is known and was listed all the same");
    }

    @Override
    public void invalidateAll() {
        // The files of a result never change.
    }
}
