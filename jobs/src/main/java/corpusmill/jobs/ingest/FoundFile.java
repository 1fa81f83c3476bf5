package corpusmill.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * A file an input entry leads to.
 *
 * @param name relative to the entry
 * @param uri where it lies
 * @param identity the same for every way that leads to the same file
 * @param bytes its size
 * @param status what the store said; null for a file of this machine
 */
record FoundFile(
        String name,
        String uri,
        String identity,
        long bytes,
        @Nullable FileStatus status) {

    /** By the names as bytes, then by where they lie. */
    static final Comparator<FoundFile> ORDER = Comparator.comparing(
                    (FoundFile file) -> file.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
            .thenComparing(FoundFile::uri);
}
