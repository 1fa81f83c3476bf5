package corpusmill.jobs.ingest;

import corpusmill.jobs.flow.SourceFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a file one task reads: the records whose first byte lies in [start, end), of a Parquet file the row groups.
 *
 * @param file the file
 * @param start first byte
 * @param end behind the last byte; {@link Long#MAX_VALUE} for a file read whole
 */
public record FilePart(SourceFile file, long start, long end) implements Serializable {

    public FilePart {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a part must not be empty but was [" + start + ", " + end + ")");
        }
    }

    /**
     * Cuts files into parts, in the order of the files. Compressed and text files are one part.
     *
     * @param files the file table
     * @param partBytes size of a part, at least 1
     */
    public static List<FilePart> split(List<SourceFile> files, long partBytes) {
        List<FilePart> parts = new ArrayList<>();
        for (SourceFile file : files) {
            if (!divisible(file) || file.bytes() <= partBytes) {
                parts.add(new FilePart(file, 0, Long.MAX_VALUE));
                continue;
            }
            for (long start = 0; start < file.bytes(); start += partBytes) {
                boolean last = file.bytes() - start <= partBytes;
                parts.add(new FilePart(file, start, last ? Long.MAX_VALUE : start + partBytes));
            }
        }
        return parts;
    }

    /** Bytes of the file to be read. */
    public long bytes() {
        return Math.min(end, file.bytes()) - start;
    }

    // By the name; a file that turns out to be compressed is read by its first part.
    private static boolean divisible(SourceFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        return switch (file.format()) {
            case "jsonl" -> !name.endsWith(".gz") && !name.endsWith(".zst");
            case "parquet" -> true;
            default -> false;
        };
    }
}
