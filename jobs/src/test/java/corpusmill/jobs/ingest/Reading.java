package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of one file, as the tests ask for it. */
record Reading(SourceFile file, List<Ingested> documents, List<Ingested> rejected, long records) {

    static final RecordLimits LIMITS = new RecordLimits(64 << 20, 1);

    static Reading of(Path path) {
        String name = String.valueOf(path.getFileName());
        return of(path, name.contains(".txt") ? "text" : name.contains(".parquet") ? "parquet" : "jsonl");
    }

    static Reading of(Path path, String format) {
        return of(file(path, format), Long.MAX_VALUE, LIMITS);
    }

    /** Reads all parts, and holds the ledger to its promise. */
    static Reading of(SourceFile file, long partBytes, RecordLimits limits) {
        List<Ingested> documents = new ArrayList<>();
        List<Ingested> rejected = new ArrayList<>();
        List<Ingested> all = new ArrayList<>();
        List<FilePart> parts = FilePart.split(List.of(file), partBytes);
        PartIterator rows = new PartIterator(parts, new SourceStore(Map.of()), limits, true);
        rows.forEachRemaining(row -> all.add(row.decoded()));
        for (Ingested row : all) {
            if (row.outcome().equals(Ingested.DOCUMENT)) {
                documents.add(row);
            } else if (row.outcome().equals(Ingested.REJECTED)) {
                rejected.add(row);
            }
        }
        FileLedger ledger = FileLedger.empty(file.index());
        for (Ingested row : all) {
            ledger = ledger.plus(FileLedger.of(row));
        }
        ledger.check(file, parts.size());
        assertThat(documents.stream().map(Ingested::id)).doesNotHaveDuplicates().isSorted();
        assertThat(all.stream()
                        .filter(row -> row.outcome().equals(Ingested.TALLY))
                        .mapToLong(Ingested::length)
                        .sum())
                .as("bytes of texts in the tallies")
                .isEqualTo(documents.stream()
                        .mapToLong(row -> String.valueOf(row.text()).getBytes(StandardCharsets.UTF_8).length)
                        .sum());
        return new Reading(file, documents, rejected, ledger.records());
    }

    static SourceFile file(Path path, String format) {
        try {
            return new SourceFile(
                    7,
                    path.toUri().toString(),
                    String.valueOf(path.getFileName()),
                    2,
                    format,
                    "text",
                    "id",
                    Files.size(path),
                    "none");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<String> texts() {
        return documents.stream().map(row -> String.valueOf(row.text())).toList();
    }

    List<String> keys() {
        return documents.stream().map(row -> String.valueOf(row.key())).toList();
    }

    List<RejectionReason> reasons() {
        return rejected.stream()
                .map(row -> RejectionReason.valueOf(String.valueOf(row.reason())))
                .toList();
    }

    static long offset(Ingested row) {
        return DocumentId.offset(row.id());
    }
}
