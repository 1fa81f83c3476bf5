package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import corpusmill.formats.InputException;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.PackedRow;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.pack.PackStage;
import corpusmill.jobs.pack.PackingGroups;
import corpusmill.jobs.tokenize.DocumentSample;
import corpusmill.jobs.tokenize.TokenizeStage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Kept documents to packed rows, and what the rows hold. */
final class Packing {

    private final Run run;
    private final StageResult result;
    private final List<Share> shares;
    private final SortedMap<String, Long> dropped = new TreeMap<>();

    private Packing(Run run, StageResult result) {
        this.run = run;
        this.result = result;
        this.shares = countShares();
    }

    /**
     * Packs them.
     *
     * @param documents how many are kept
     * @param textBytes bytes of text of each source
     */
    static Packing of(Run run, Dataset<Document> kept, long documents, long[] textBytes) {
        TokenizeStage tokenize =
                new TokenizeStage(run.tokenizerSource(), run.tokenType(), run.append(), DocumentSample.of(documents));
        PackStage pack = stage(run, textBytes);
        StageResult result = run.work().tokens("packed", run.fingerprints().pack(), () -> {
            run.describe("tokenize: documents to packed rows");
            return kept.transform(tokenize::apply).transform(pack::apply);
        });
        return new Packing(run, result);
    }

    /** What packs a corpus with so many bytes of text of each source. */
    static PackStage stage(Run run, long[] textBytes) {
        return new PackStage(
                run.config().packing(),
                PackingGroups.of(textBytes, PackingGroups.GROUP_BYTES),
                run.config().shards().validationShare(),
                run.tokenType(),
                run.padId());
    }

    private List<Share> countShares() {
        run.describe("tokenize: ledger");
        Dataset<Row> counts = rows().groupBy("split", "source", "dropped")
                .agg(
                        count(lit(1)),
                        sum(size(col("documents"))
                                .minus(when(col("first").gt(0), 1).otherwise(0))),
                        sum("valid"),
                        sum("specials"))
                .orderBy("split", "source", "dropped");
        List<Row> rows = counts.collectAsList();
        rows.stream()
                .filter(row -> !row.isNullAt(2))
                .forEach(row -> dropped.merge(row.getString(2), row.getLong(3), Long::sum));
        return rows.stream()
                .filter(row -> row.isNullAt(2))
                .map(row -> new Share(
                        row.getString(0),
                        row.getInt(1),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)))
                .toList();
    }

    Dataset<PackedRow> rows() {
        return result.read(run.spark(), PackedRow.class);
    }

    /** What each split holds of each source. */
    List<Share> shares() {
        return shares;
    }

    /** Documents dropped by reason: column {@code id}, {@code reason}. */
    Dataset<Row> droppedDocuments() {
        return rows().toDF()
                .filter(col("dropped").isNotNull())
                .select(col("documents").getItem(0).as("id"), col("dropped").as("reason"));
    }

    /**
     * Checks that no document was removed in favour of one that the tokenizer then dropped: it would be in the dataset
     * in no form.
     *
     * @throws InputException if there is one
     */
    void checkEvidence(Dataset<RemovedDocument> removed) {
        if (dropped.isEmpty()) {
            return;
        }
        long orphans = removed.join(droppedDocuments().select(col("id").as("kept")), "kept")
                .count();
        if (orphans > 0) {
            throw new InputException(orphans + " documents were removed as duplicates of documents that the tokenizer"
                    + " then dropped " + dropped + ", so that they would be in the dataset in no form; set"
                    + " tokenizer.special-tokens to ordinary, lower ingest.max-document, or take such documents out of"
                    + " the input");
        }
    }

    /** Places where ordinary text spells a special token. */
    long specials() {
        return shares.stream().mapToLong(Share::specials).sum();
    }

    long sequences() {
        return shares.stream().mapToLong(Share::rows).sum();
    }

    StageAccount account(long kept) {
        long documents = shares.stream().mapToLong(Share::documents).sum();
        return new StageAccount(
                "tokenize", kept, documents, dropped, result.seconds(), result.cpuSeconds(), result.reused());
    }

    /**
     * Part of the dataset.
     *
     * @param split name of the split
     * @param source mixture component
     * @param rows packed rows
     * @param documents documents that start in them
     * @param tokens tokens without padding
     * @param specials places where ordinary text spells a special token
     */
    record Share(String split, int source, long rows, long documents, long tokens, long specials) {}
}
