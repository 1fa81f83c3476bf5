package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import corpusmill.formats.InputException;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.exact.TextHash;
import corpusmill.jobs.dedup.recall.RecallStage;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.ingest.FileLedger;
import corpusmill.jobs.ingest.IngestStage;
import corpusmill.jobs.ingest.QuarantineStage;
import corpusmill.jobs.ingest.RejectionReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files to documents, counted from what is on disk: per file, records = documents + rejected by reason. */
final class Ingestion {

    private static final Set<RejectionReason> FILE_DAMAGE = Set.of(
            RejectionReason.TRUNCATED_FILE,
            RejectionReason.CORRUPT_COMPRESSION,
            RejectionReason.UNREADABLE_FILE,
            RejectionReason.UNSUPPORTED_COMPRESSION,
            RejectionReason.RATIO_TOO_HIGH);

    /** Folder of the bytes of rejected records, in the folder of the table that lists them. */
    private static final String RECORDS = "records";

    private static final int SAMPLE_FILES = 16;
    private static final long SAMPLE_DOCUMENTS = 20_000;

    private final Run run;
    private final StageResult result;
    private final List<FileLedger> ledgers = new ArrayList<>();
    private final long[] textBytes;

    private Ingestion(Run run, StageResult result, Map<Integer, Long> parts) {
        this.run = run;
        this.result = result;
        this.textBytes = new long[run.input().sources().size()];
        countRows(parts);
    }

    static Ingestion of(Run run) {
        IngestStage stage = stage(run);
        StageResult result = run.work().result(name(run), run.fingerprints().ingest(), () -> {
            run.describe("ingest: files to documents");
            return ExactDedupStage.withHashes(
                    stage.read(run.spark(), run.input().files()));
        });
        Map<Integer, Long> parts = stage.parts(run.input().files()).stream()
                .collect(Collectors.groupingBy(part -> part.file().index(), Collectors.counting()));
        Ingestion ingestion = new Ingestion(run, result, parts);
        ingestion.quarantine();
        return ingestion;
    }

    /** What reads the files. */
    static IngestStage stage(Run run) {
        return new IngestStage(run.config().ingest(), IngestStage.PART_BYTES, run.connector());
    }

    /** The result's name. Without their bytes the rows are other rows: turning the switch reads the files again. */
    static String name(Run run) {
        return run.config().ingest().quarantine() ? "ingest" : "ingest-without-bytes";
    }

    private void countRows(Map<Integer, Long> parts) {
        run.describe("ingest: ledger");
        run.input().files().forEach(file -> ledgers.add(FileLedger.empty(file.index())));
        List<Row> counts = rows().toDF()
                .groupBy(shiftright(col("id"), 40).cast("int").as("file"), col("source"), col("outcome"), col("reason"))
                .agg(count(lit(1)), sum("records"), sum("length"))
                .collectAsList();
        for (Row row : counts) {
            int file = row.getInt(0);
            ledgers.set(at(file), ledgers.get(at(file)).plus(ledger(row)));
            if (row.getString(2).equals(Ingested.TALLY)) {
                textBytes[row.getInt(1)] += row.getLong(6);
            }
        }
        run.input()
                .files()
                .forEach(file -> ledgers.get(at(file.index())).check(file, parts.getOrDefault(file.index(), 0L)));
    }

    private int at(int file) {
        return file - run.input().first();
    }

    // Rejected records to files that can be repaired, unless there are none.
    private void quarantine() {
        if (!run.config().ingest().quarantine() || ledgers.stream().allMatch(ledger -> ledger.rejectedRecords() == 0)) {
            return;
        }
        String print = run.fingerprints().ingest();
        run.work().result("quarantine", print, () -> {
            run.describe("ingest: quarantine");
            return new QuarantineStage(
                            run.input().files(),
                            // Apart from the table, so that the folder can be an input.
                            Storages.resolve(run.work().directory("quarantine", print), RECORDS),
                            run.work().storage())
                    .apply(rows());
        });
    }

    private static FileLedger ledger(Row row) {
        int file = row.getInt(0);
        long rows = row.getLong(4);
        SortedMap<String, Long> none = new TreeMap<>();
        return switch (row.getString(2)) {
            case Ingested.DOCUMENT -> new FileLedger(file, 0, 0, rows, none);
            case Ingested.TALLY -> new FileLedger(file, rows, row.getLong(5), 0, none);
            case Ingested.REJECTED -> new FileLedger(file, 0, 0, 0, new TreeMap<>(Map.of(row.getString(3), rows)));
            default -> throw new IllegalStateException("ingest writes no outcome '" + row.getString(2) + "'");
        };
    }

    private Dataset<Ingested> rows() {
        return result.read(run.spark(), Ingested.class);
    }

    Dataset<Document> documents() {
        return documents(rows());
    }

    /** What tells whether two texts are identical as they stand; computed when the texts were at hand. */
    Dataset<TextHash> hashes() {
        return result.read(run.spark(), Hashed.class)
                .filter(col("outcome").equalTo(Ingested.DOCUMENT))
                .select("id", "source", "bytes", "high", "low")
                .as(RecordEncoder.of(TextHash.class));
    }

    /** Some thousand documents, of some files of the result: a scan of bounded cost. */
    Dataset<RecallStage.Text> sample() {
        long one = Math.max(1, account().out() / SAMPLE_DOCUMENTS);
        return RecallStage.texts(documents(result.sample(SAMPLE_FILES).read(run.spark(), Ingested.class))
                .filter(pmod(xxhash64(col("id")), lit(one)).equalTo(0)));
    }

    private static Dataset<Document> documents(Dataset<Ingested> rows) {
        return rows.filter(col("outcome").equalTo(Ingested.DOCUMENT))
                .select("id", "source", "text", "key")
                .as(RecordEncoder.of(Document.class));
    }

    /** Rejected records: columns {@code id}, {@code length}, {@code reason}, {@code sha256}. */
    Dataset<Row> rejected() {
        return rows().filter(col("outcome").equalTo(Ingested.REJECTED)).select("id", "length", "reason", "sha256");
    }

    /** Bytes of text of each source. */
    long[] textBytes() {
        return textBytes.clone();
    }

    StageAccount account() {
        SortedMap<String, Long> reasons = new TreeMap<>();
        ledgers.forEach(ledger -> ledger.rejected().forEach((reason, n) -> reasons.merge(reason, n, Long::sum)));
        long records = ledgers.stream().mapToLong(FileLedger::records).sum();
        long documents = ledgers.stream().mapToLong(FileLedger::documents).sum();
        return new StageAccount(
                "ingest", records, documents, reasons, result.seconds(), result.cpuSeconds(), result.reused());
    }

    /**
     * Holds the rejected records against their budget.
     *
     * @throws InputException if there are too many
     */
    void checkBudget() {
        IngestConfig limits = run.config().ingest();
        StageAccount account = account();
        long rejected = ledgers.stream().mapToLong(FileLedger::lostRecords).sum();
        if (rejected > limits.maxRejectedShare() * account.in()) {
            String worst = ledgers.stream()
                    .max(Comparator.comparingLong(FileLedger::rejectedRecords))
                    .map(ledger -> run.input().file(ledger.file()).uri())
                    .orElse("");
            throw new InputException(String.format(
                    Locale.ROOT,
                    "the input has %d rejected records of %d (%.4f %%) %s, most of them in %s, over the limit"
                            + " ingest.max-rejected-share of %s; every one is listed in %s; repair them or raise the limit",
                    rejected,
                    account.in(),
                    100.0 * rejected / account.in(),
                    account.dropped(),
                    worst,
                    limits.maxRejectedShare(),
                    run.config().ingest().quarantine()
                            ? run.work()
                                    .directory("quarantine", run.fingerprints().ingest())
                            : result.directory()));
        }
        long damaged = ledgers.stream().filter(Ingestion::isDamaged).count();
        if (damaged > limits.maxRejectedShare() * ledgers.size()) {
            FileLedger first =
                    ledgers.stream().filter(Ingestion::isDamaged).findFirst().orElseThrow();
            throw new InputException("the input has " + damaged + " files of " + ledgers.size()
                    + " that could not be read to their end, the first of them "
                    + run.input().file(first.file()).uri() + " " + first.rejected()
                    + ", over the limit ingest.max-rejected-share of " + limits.maxRejectedShare()
                    + "; replace these files or raise the limit");
        }
        if (account.out() == 0) {
            throw new InputException("the input has no document: " + account.in() + " records in " + ledgers.size()
                    + " files, rejected " + account.dropped() + "; look at input and ingest.min-document-characters");
        }
    }

    /** Whether a part of a file, of unknown size, is missing: one rejected record may stand for many. */
    private static boolean isDamaged(FileLedger ledger) {
        return FILE_DAMAGE.stream().anyMatch(reason -> ledger.rejected().containsKey(reason.name()));
    }

    /** Rows of the table {@code files}. */
    Iterator<Object[]> table() {
        return run.input().files().stream().map(this::row).iterator();
    }

    /** What is read of a row for its hashes. */
    public record Hashed(String outcome, long id, int source, long bytes, long high, long low) {}

    private Object[] row(SourceFile file) {
        FileLedger ledger = ledgers.get(at(file.index()));
        String reasons = ledger.rejected().entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        return new Object[] {
            file.index(),
            file.uri(),
            run.input().sources().get(file.source()),
            file.bytes(),
            file.checksum(),
            ledger.records(),
            ledger.documents(),
            ledger.rejectedRecords(),
            reasons
        };
    }
}
