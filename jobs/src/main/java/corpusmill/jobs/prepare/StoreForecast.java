package corpusmill.jobs.prepare;

import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What writing and reading files costs in requests to S3, as Hadoop's connector and the AWS SDK make them with the
 * settings of a run. The rules, which {@code PlanOnS3Test} holds against a counting proxy:
 *
 * <ul>
 *   <li>A file that Spark writes is one PUT, or behind 64 MiB an upload begun, its parts of 64 MiB, and completed; then
 *       a HEAD for Spark's own statistics and one for the size that {@link StageCommit} names.
 *   <li>A file that the storage writes is one PUT, or behind 16 MiB an upload of parts of 16 MiB. Whether a result is
 *       there is one HEAD; one that is costs two requests more, for its marker, and a HEAD for each file.
 *   <li>A scan of a table opens each of its files once, or a larger one once for each split: a HEAD, and the bytes.
 *   <li>The connector reads an object of up to 8 MiB whole, by one GET, and keeps it: {@link Sessions#KEPT_BYTES} of all
 *       such together. A larger one costs two for its end and one for each 8 MiB of the columns that are read.
 * </ul>
 *
 * Nothing is counted where a store is not S3. Bytes are those of every store. One thread.
 */
final class StoreForecast {

    private static final long SPARK_PART = 64L << 20;
    private static final long SDK_PART = 16L << 20;
    private static final long OBJECT = 8L << 20;
    private static final long MOST_SPLIT = 128L << 20;
    private static final long OPENING = 4L << 20;
    /** A marker, with what signing adds to it. */
    private static final long MARKER_BYTES = 330;

    private final int cores;
    private final Map<String, SortedMap<String, Long>> requests = new LinkedHashMap<>();
    private final Set<String> kept = new HashSet<>();
    private long keptBytes;
    private String stage = "look";
    private long bytesRead;
    private long bytesWritten;

    StoreForecast(int cores) {
        this.cores = cores;
    }

    /**
     * A result of a stage.
     *
     * @param name of the result
     * @param place where it lies
     * @param files how many files it has
     * @param bytes size of all
     */
    record Table(String name, URI place, int files, long bytes) {
        long fileBytes() {
            return bytes / Math.max(1, files);
        }
    }

    /** What follows is charged to a stage. */
    void charge(String next) {
        stage = next;
    }

    /** Requests of one kind, where a place is on S3. */
    void ask(URI place, String operation, long times) {
        if (onS3(place) && times > 0) {
            requests.computeIfAbsent(stage, name -> new TreeMap<>()).merge(operation, times, Long::sum);
        }
    }

    static boolean onS3(URI place) {
        return "s3".equals(place.getScheme()) || "s3a".equals(place.getScheme());
    }

    /** Files that the storage writes, all of one size. */
    void put(URI place, long files, long bytes) {
        put(place, files, bytes, SDK_PART);
    }

    private void put(URI place, long files, long bytes, long part) {
        bytesWritten += files * bytes;
        if (bytes <= part) {
            ask(place, "PutObject", files);
        } else {
            ask(place, "CreateMultipartUpload", files);
            ask(place, "UploadPart", files * parts(bytes, part));
            ask(place, "CompleteMultipartUpload", files);
        }
    }

    private static long parts(long bytes, long part) {
        return (bytes + part - 1) / part;
    }

    /** A result that Spark writes. */
    void write(Table table) {
        ask(table.place(), "HeadObject", 1 + 2L * table.files());
        put(table.place(), table.files(), table.fileBytes(), SPARK_PART);
        put(table.place(), 1, MARKER_BYTES);
    }

    /** A result that is there. */
    void find(Table table) {
        ask(table.place(), "HeadObject", 2 + table.files());
        ask(table.place(), "GetObject", 1);
        bytesRead += MARKER_BYTES;
    }

    /** Input files, each read once from its start to its end. */
    void readInput(URI place, long bytes) {
        ask(place, "HeadObject", 1);
        ask(place, "GetObject", Math.max(1, parts(bytes, OBJECT)));
        bytesRead += bytes;
    }

    /** Queries that each read a share of a table's bytes. */
    void scan(Table table, int times, double share) {
        ask(table.place(), "HeadObject", times * opens(table));
        boolean known = kept.contains(table.name());
        boolean small = table.fileBytes() <= OBJECT && (known || keptBytes + table.bytes() <= Sessions.KEPT_BYTES);
        if (small) {
            if (kept.add(table.name())) {
                keptBytes += table.bytes();
                ask(table.place(), "GetObject", table.files());
                bytesRead += table.bytes();
            }
        } else if (table.fileBytes() <= OBJECT) {
            ask(table.place(), "GetObject", (long) times * table.files());
            bytesRead += times * table.bytes();
        } else {
            long columns = (long) (share * table.bytes());
            ask(table.place(), "GetObject", times * (2 * opens(table) + parts(columns, OBJECT)));
            bytesRead += times * columns;
        }
    }

    private long maxSplit(Table table) {
        long perCore = (table.bytes() + table.files() * OPENING) / cores;
        return Math.min(MOST_SPLIT, Math.max(OPENING, perCore));
    }

    private long opens(Table table) {
        return table.files() * Math.max(1, parts(table.fileBytes(), maxSplit(table)));
    }

    /** Tasks of a scan, which put small files together as Spark does. */
    int tasks(Table table) {
        long most = maxSplit(table);
        long pieces = opens(table);
        long piece = Math.max(1, table.bytes() / Math.max(1, pieces));
        long each = Math.max(1, 1 + Math.max(0, most - piece) / (piece + OPENING));
        return (int) Math.max(1, parts(pieces, each));
    }

    Forecast forecast() {
        return new Forecast(requests, bytesRead, bytesWritten);
    }
}
