package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;

import corpusmill.formats.InputException;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.ingest.IngestStage;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files to documents, counted from what is on disk: per file, records = documents + rejected by reason. */
final class Ingestion {

    private final Run run;
    private final StageResult result;
    private final List<FileAccount> files;
    private final long[] textBytes;

    private Ingestion(Run run, StageResult result) {
        this.run = run;
        this.result = result;
        this.textBytes = new long[run.input().sources().size()];
        this.files = run.input().files().stream().map(FileAccount::new).toList();
        countRows();
    }

    static Ingestion of(Run run) {
        IngestStage stage = new IngestStage(run.config().ingest(), IngestStage.PART_BYTES, run.hadoop());
        StageResult result = run.work().result("ingest", run.fingerprints().ingest(), () -> {
            run.describe("ingest: files to documents");
            return stage.read(run.spark(), run.input().files());
        });
        return new Ingestion(run, result);
    }

    private void countRows() {
        run.describe("ingest: ledger");
        List<Row> counts = rows().toDF()
                .groupBy(shiftright(col("id"), 40).cast("int").as("file"), col("source"), col("outcome"), col("reason"))
                .agg(count(lit(1)), sum("records"), sum(octet_length(col("text"))))
                .collectAsList();
        for (Row row : counts) {
            FileAccount file = files.get(row.getInt(0));
            switch (row.getString(2)) {
                case Ingested.DOCUMENT -> {
                    file.documents += row.getLong(4);
                    textBytes[row.getInt(1)] += row.getLong(6);
                }
                case Ingested.REJECTED -> file.rejected.merge(row.getString(3), row.getLong(4), Long::sum);
                case Ingested.TALLY -> file.records += row.getLong(5);
                default -> throw new IllegalStateException("ingest writes no outcome '" + row.getString(2) + "'");
            }
        }
        files.forEach(FileAccount::check);
    }

    private Dataset<Ingested> rows() {
        return result.read(run.spark(), Ingested.class);
    }

    Dataset<Document> documents() {
        return rows().filter(col("outcome").equalTo(Ingested.DOCUMENT))
                .select("id", "source", "text", "key")
                .as(RecordEncoder.of(Document.class));
    }

    /** Rejected records: columns {@code id}, {@code length}, {@code reason}, {@code sha256}. */
    Dataset<Row> rejected() {
        return rows().filter(col("outcome").equalTo(Ingested.REJECTED)).select("id", "length", "reason", "sha256");
    }

    List<FileAccount> files() {
        return files;
    }

    /** Bytes of text of each source. */
    long[] textBytes() {
        return textBytes.clone();
    }

    StageAccount account() {
        SortedMap<String, Long> reasons = new TreeMap<>();
        files.forEach(file -> file.rejected.forEach((reason, n) -> reasons.merge(reason, n, Long::sum)));
        long records = files.stream().mapToLong(file -> file.records).sum();
        long documents = files.stream().mapToLong(file -> file.documents).sum();
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
        long rejected = account.in() - account.out();
        if (rejected > limits.maxRejectedShare() * account.in()) {
            String worst = files.stream()
                    .max(java.util.Comparator.comparingLong(FileAccount::rejectedRecords))
                    .map(file -> file.file.uri())
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
                    result.directory()));
        }
        if (account.out() == 0) {
            throw new InputException("the input has no document: " + account.in() + " records in " + files.size()
                    + " files, rejected " + account.dropped() + "; look at input and ingest.min-document-characters");
        }
    }

    /** What became of a file. */
    static final class FileAccount {
        private final SourceFile file;
        private long records;
        private long documents;
        private final SortedMap<String, Long> rejected = new TreeMap<>();

        FileAccount(SourceFile file) {
            this.file = file;
        }

        private void check() {
            if (records != documents + rejectedRecords()) {
                throw new IllegalStateException("the ledger of " + file.uri() + " does not add up: " + records
                        + " records, " + documents + " documents, rejected " + rejected);
            }
        }

        private long rejectedRecords() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        /** A row of the table {@code files}. */
        Object[] row(List<String> sources) {
            String reasons = rejected.entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
            return new Object[] {
                file.index(),
                file.uri(),
                sources.get(file.source()),
                file.bytes(),
                file.checksum(),
                records,
                documents,
                rejectedRecords(),
                reasons
            };
        }
    }
}
