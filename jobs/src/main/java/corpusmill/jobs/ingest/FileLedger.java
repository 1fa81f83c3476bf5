package corpusmill.jobs.ingest;

import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of one file's records. Immutable.
 *
 * @param file index in the file table
 * @param parts tallies counted: parts read to their end
 * @param records records seen
 * @param documents records that became documents
 * @param rejected the others, by the name of the {@link RejectionReason}
 */
public record FileLedger(int file, long parts, long records, long documents, SortedMap<String, Long> rejected) {

    public FileLedger {
        rejected = new TreeMap<>(rejected);
    }

    /** Of a file nothing was read of. */
    public static FileLedger empty(int file) {
        return new FileLedger(file, 0, 0, 0, new TreeMap<>());
    }

    /** Counts rows, in any order, by file. */
    public static Map<Integer, FileLedger> count(Iterator<Ingested> rows) {
        Map<Integer, FileLedger> ledgers = new HashMap<>();
        while (rows.hasNext()) {
            Ingested row = rows.next();
            ledgers.merge(DocumentId.file(row.id()), of(row), FileLedger::plus);
        }
        return ledgers;
    }

    /** Of one row. */
    public static FileLedger of(Ingested row) {
        int file = DocumentId.file(row.id());
        SortedMap<String, Long> none = new TreeMap<>();
        return switch (row.outcome()) {
            case Ingested.TALLY -> new FileLedger(file, 1, row.records(), 0, none);
            case Ingested.DOCUMENT -> new FileLedger(file, 0, 0, 1, none);
            case Ingested.REJECTED ->
                new FileLedger(file, 0, 0, 0, new TreeMap<>(Map.of(String.valueOf(row.reason()), 1L)));
            default -> throw new IllegalStateException("ingest writes no outcome '" + row.outcome() + "'");
        };
    }

    /** Both counts together. */
    public FileLedger plus(FileLedger other) {
        if (file != other.file) {
            throw new IllegalArgumentException("ledgers of one file, not of " + file + " and " + other.file);
        }
        SortedMap<String, Long> sum = new TreeMap<>(rejected);
        other.rejected.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new FileLedger(file, parts + other.parts, records + other.records, documents + other.documents, sum);
    }

    /** Rejected records of all reasons. */
    public long rejectedRecords() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rejected records that may have been documents. */
    public long lostRecords() {
        return rejected.entrySet().stream()
                .filter(entry -> RejectionReason.valueOf(entry.getKey()).isLoss())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Checks that nothing vanished.
     *
     * @param source the file
     * @param expectedParts parts the file was cut into
     * @throws IllegalStateException if records are unaccounted for, or parts unread
     */
    public void check(SourceFile source, long expectedParts) {
        if (parts != expectedParts) {
            throw new IllegalStateException("the ledger of input file " + source.uri() + " has " + parts
                    + " parts, but it was cut into " + expectedParts);
        }
        if (records != documents + rejectedRecords()) {
            throw new IllegalStateException("the ledger of input file " + source.uri() + " does not add up: " + records
                    + " records, but " + documents + " documents and " + rejectedRecords() + " rejected " + rejected);
        }
    }
}
