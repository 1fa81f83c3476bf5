package corpusmill.jobs.ingest;

import java.util.List;

/**
 * The first rows of a file.
 *
 * @param rows documents, rejected records, and a tally if it was read to its end
 * @param share how much of the file's bytes they are, in (0, 1]
 */
public record FileSample(List<IngestedBytes> rows, double share) {

    public FileSample {
        rows = List.copyOf(rows);
    }
}
