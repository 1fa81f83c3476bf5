package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.bin;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import corpusmill.jobs.config.DeduplicationConfig;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.exact.RankedHash;
import corpusmill.jobs.dedup.exact.TextHash;
import corpusmill.jobs.dedup.near.BucketMember;
import corpusmill.jobs.dedup.near.CandidatePair;
import corpusmill.jobs.dedup.near.CandidateStage;
import corpusmill.jobs.dedup.near.DocumentKeys;
import corpusmill.jobs.dedup.near.KeepStage;
import corpusmill.jobs.dedup.near.Signature;
import corpusmill.jobs.dedup.near.SignatureStage;
import corpusmill.jobs.dedup.near.VerifiedPair;
import corpusmill.jobs.dedup.near.VerifyPairsStage;
import corpusmill.jobs.dedup.recall.RecallStage;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.report.CurvePoint;
import corpusmill.jobs.report.RecallSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents to evidence: identical texts first, then near-duplicates among what is left. */
final class Deduplication {

    private static final Logger LOG = LoggerFactory.getLogger(Deduplication.class);

    private static final CandidateStage CANDIDATES = CandidateStage.USUAL;
    private static final String BAND_KEYS = "band-keys";
    private static final String EARLIER_TEXTS = "earlier-texts";
    private static final String OF_BLOCKS = "-of-blocks";

    private final Run run;
    private final List<StageResult> exactResults = new ArrayList<>();
    private final SortedMap<String, StageResult> nearResults = new TreeMap<>();
    private final ExactDedupStage exact;
    private final EarlierDocuments earlier;
    private final Dataset<TextHash> hashes;
    /** New documents without identical texts. */
    private long distinct;

    private long compared;
    private long similar;
    private long skipped;

    private Deduplication(Run run, Ingestion ingested) {
        DeduplicationConfig config = run.config().deduplication();
        this.run = run;
        this.exact = new ExactDedupStage(config.exact(), config.near().shingle(), new Ranking(config.keep()));
        this.earlier = new EarlierDocuments(run, exact);
        this.hashes = exact.comparesAsTheyStand()
                ? ingested.hashes()
                : exactResult("hashes", () -> exact.hashes(ingested.documents()), TextHash.class);
    }

    static Deduplication of(Run run, Ingestion ingested) {
        Deduplication deduplication = new Deduplication(run, ingested);
        Dataset<Removal> identical = deduplication.exact();
        deduplication.near(ingested.documents(), identical, ingested.account().out());
        return deduplication;
    }

    private Dataset<Removal> exact() {
        Dataset<RankedHash> ranked = exact.ranked(hashes);
        Dataset<RankedHash> all = run.earlier().isEmpty() ? ranked : ranked.union(earlier.hashes());
        return exactResult("exact", () -> exact.removals(all, earlier.firstNew()), Removal.class);
    }

    private void near(Dataset<Document> documents, Dataset<Removal> identical, long count) {
        NearConfig near = run.config().deduplication().near();
        if (!near.enabled()) {
            Dataset<Removal> none = run.spark().emptyDataset(RecordEncoder.of(Removal.class));
            result("removed", () -> new EvidenceStage().apply(identical, none), RemovedDocument.class);
            return;
        }
        Dataset<Document> remaining = without(documents, identical);
        run.describe("near: figures");
        distinct = count - identical.count();
        Column drawn = RecallStage.usual(near).isDrawn(distinct);
        Dataset<Signature> fresh = SignatureStage.bands(result(
                BAND_KEYS,
                () -> new SignatureStage(near, exact.ranking(), drawn).apply(remaining),
                DocumentKeys.class));
        Dataset<Signature> signatures = run.earlier().isEmpty()
                ? fresh
                : fresh.union(result("earlier-signatures", () -> earlier.signatures(fresh), Signature.class));
        Dataset<BucketMember> members = result("members", () -> CandidateStage.members(signatures), BucketMember.class);
        run.describe("near: figures");
        boolean large = CANDIDATES.hasLarge(members);
        Dataset<VerifiedPair> verified =
                verified("", () -> large ? CANDIDATES.withHeads(members) : CANDIDATES.apply(members), near, remaining);
        if (large) {
            Dataset<Removal> first = keep(verified, "removed-by-heads");
            Dataset<VerifiedPair> more = verified(OF_BLOCKS, () -> CANDIDATES.among(members, first), near, remaining);
            run.describe("near: figures");
            skipped = CANDIDATES.skipped(members, first).first().getLong(0);
            decide(identical, verified.union(more));
        } else {
            decide(identical, verified);
        }
    }

    private Dataset<VerifiedPair> verified(
            String suffix, Supplier<Dataset<CandidatePair>> candidates, NearConfig near, Dataset<Document> documents) {
        Dataset<CandidatePair> pairs = result(
                "candidates" + suffix,
                () -> candidates.get().filter(col("worse").geq(earlier.firstNew())),
                CandidatePair.class);
        Dataset<Document> all = run.earlier().isEmpty()
                ? documents
                : documents.union(
                        result(EARLIER_TEXTS + suffix, () -> earlier.texts(earlierCompared(pairs)), Document.class));
        run.describe("near: figures");
        compared += pairs.count();
        Dataset<VerifiedPair> verified =
                result("pairs" + suffix, () -> new VerifyPairsStage(near).apply(pairs, all), VerifiedPair.class);
        run.describe("near: figures");
        similar += verified.count();
        return verified;
    }

    private void decide(Dataset<Removal> identical, Dataset<VerifiedPair> verified) {
        Dataset<Removal> removals = keep(verified, "decided");
        result("removed", () -> new EvidenceStage().apply(identical, removals), RemovedDocument.class);
    }

    private Dataset<Removal> keep(Dataset<VerifiedPair> verified, String name) {
        Dataset<Removal> removals = KeepStage.USUAL.apply(verified, similar, name, this::result);
        return result(name, () -> removals, Removal.class);
    }

    /** The documents of earlier datasets that some new document is compared with: one column {@code id}. */
    private Dataset<Row> earlierCompared(Dataset<CandidatePair> candidates) {
        return candidates
                .filter(col("better").lt(earlier.firstNew()))
                .select(col("better").as("id"))
                .distinct();
    }

    /**
     * What the search for near-duplicates did: pairs compared, pairs found similar, and pairs that were not compared
     * since their bucket is large.
     */
    SortedMap<String, Long> figures() {
        SortedMap<String, Long> figures = new TreeMap<>();
        if (run.config().deduplication().near().enabled()) {
            figures.put("pairs compared", compared);
            figures.put("pairs similar", similar);
            figures.put("pairs not compared, in large buckets", skipped);
            if (skipped > 0) {
                LOG.warn(
                        "{} pairs of documents in large buckets were not compared; none of them is removed for it",
                        skipped);
            }
            if (!run.earlier().isEmpty()) {
                earlierTexts(figures);
            }
        }
        if (!run.earlier().isEmpty()) {
            figures.put(
                    "documents removed for one of an earlier dataset",
                    removed().filter(col("kept").lt(earlier.firstNew())).count());
        }
        return figures;
    }

    private void earlierTexts(SortedMap<String, Long> figures) {
        Dataset<Row> ids = earlierCompared(read("candidates", CandidatePair.class));
        if (nearResults.containsKey("candidates" + OF_BLOCKS)) {
            ids = ids.union(earlierCompared(read("candidates" + OF_BLOCKS, CandidatePair.class)))
                    .distinct();
        }
        long wanted = ids.count();
        long read = earlierTexts().count();
        figures.put("texts of earlier documents compared", read);
        if (read < wanted) {
            figures.put("texts of earlier documents that their tokens do not give back", wanted - read);
            LOG.warn(
                    "{} of {} documents of earlier datasets could not be compared, since their tokens do not give back"
                            + " their texts; new documents that are near-duplicates of these are kept",
                    wanted - read,
                    wanted);
        }
    }

    private Dataset<Document> earlierTexts() {
        Dataset<Document> texts = read(EARLIER_TEXTS, Document.class);
        return nearResults.containsKey(EARLIER_TEXTS + OF_BLOCKS)
                ? texts.union(read(EARLIER_TEXTS + OF_BLOCKS, Document.class)).dropDuplicates("id")
                : texts;
    }

    /** Recall, measured on a sample. */
    RecallSample recall() {
        return nearResults.containsKey(BAND_KEYS)
                ? new RecallSampling(run, removed()).of(drawn(), distinct)
                : RecallSample.NONE;
    }

    /** Some thousand of the documents without identical texts; none without a search for near-duplicates. */
    Optional<Dataset<RecallStage.Text>> sample() {
        if (!nearResults.containsKey(BAND_KEYS)) {
            return Optional.empty();
        }
        RecallStage stage = RecallStage.usual(run.config().deduplication().near());
        return Optional.of(stage.compared(drawn(), distinct));
    }

    private Dataset<Row> drawn() {
        return read(BAND_KEYS, DocumentKeys.class)
                .filter(col("drawn").isNotNull())
                .select(col("id"), col("drawn").as("text"));
    }

    /** What the bands of the similar pairs tell of the curve; nothing without a search for near-duplicates. */
    List<CurvePoint> curve() {
        if (!run.config().deduplication().near().enabled()) {
            return List.of();
        }
        Dataset<VerifiedPair> pairs = read("pairs", VerifiedPair.class);
        if (nearResults.containsKey("pairs" + OF_BLOCKS)) { // some of them were with the heads before
            pairs = pairs.union(read("pairs" + OF_BLOCKS, VerifiedPair.class)).dropDuplicates("better", "worse");
        }
        Dataset<Row> keys = read(BAND_KEYS, DocumentKeys.class).select("id", "keys");
        if (!run.earlier().isEmpty()) {
            keys = keys.union(read("earlier-signatures", Signature.class)
                    .groupBy("id")
                    .agg(collect_list("key").as("keys")));
        }
        return new Observations(run).curve(pairs, similar, keys);
    }

    /** How many clusters there are of which size: of the key and more documents, and less than twice as many. */
    SortedMap<Long, Long> clusters() {
        run.describe("near: clusters");
        SortedMap<Long, Long> clusters = new TreeMap<>();
        removed()
                .select("cluster", "size")
                .distinct()
                .groupBy(length(bin(col("size"))).as("bits"))
                .count()
                .collectAsList()
                .forEach(row -> clusters.put(1L << row.getInt(0) - 1, row.getLong(1)));
        return clusters;
    }

    private <T extends Record> Dataset<T> exactResult(String name, Supplier<Dataset<T>> make, Class<T> type) {
        StageResult result = run.work().result(name, run.fingerprints().exact(), () -> {
            run.describe("exact: " + (name.equals("exact") ? "identical texts" : name));
            return make.get();
        });
        exactResults.add(result);
        return result.read(run.spark(), type);
    }

    private <T extends Record> Dataset<T> result(String name, Supplier<Dataset<T>> make, Class<T> type) {
        StageResult result = run.work().result(name, run.fingerprints().near(), () -> {
            run.describe("near: " + name);
            return make.get();
        });
        nearResults.put(name, result);
        return result.read(run.spark(), type);
    }

    private <T extends Record> Dataset<T> read(String name, Class<T> type) {
        return Objects.requireNonNull(nearResults.get(name), name).read(run.spark(), type);
    }

    /** The evidence, one row per removed document. */
    Dataset<RemovedDocument> removed() {
        return read("removed", RemovedDocument.class);
    }

    /**
     * By what a later dataset finds copies of the documents that stay: columns {@code id}, {@code source}, {@code bytes},
     * {@code high}, {@code low} and {@code keys}, null without band keys; ordered by id.
     *
     * @param dropped documents that the tokenizer dropped, column {@code id}
     */
    Dataset<Row> signatures(Dataset<Row> dropped) {
        Dataset<Row> stay = hashes.join(removed().select(col("removed").as("id")), new String[] {"id"}, "left_anti")
                .join(dropped.select("id"), new String[] {"id"}, "left_anti");
        if (!nearResults.containsKey(BAND_KEYS)) {
            return stay.withColumn("keys", lit(null).cast("array<bigint>")).orderBy("id");
        }
        Dataset<Row> keys = read(BAND_KEYS, DocumentKeys.class).select("id", "keys");
        return stay.join(keys, new String[] {"id"}, "left")
                .select("id", "source", "bytes", "high", "low", "keys")
                .orderBy("id");
    }

    /** Documents, and behind them those of earlier datasets that some were compared with. */
    Dataset<Document> withEarlier(Dataset<Document> documents) {
        return nearResults.containsKey(EARLIER_TEXTS) ? documents.union(earlierTexts()) : documents;
    }

    /** The documents that stay. */
    static Dataset<Document> kept(Dataset<Document> documents, Dataset<RemovedDocument> removed) {
        return without(documents, removed);
    }

    private static Dataset<Document> without(Dataset<Document> documents, Dataset<? extends Record> removed) {
        return documents
                .join(removed.select(col("removed").as("id")), new String[] {"id"}, "left_anti")
                .select("id", "source", "text", "key")
                .as(RecordEncoder.of(Document.class));
    }

    /** The accounts of both stages, counted from the evidence: what is identical to a kept text, and the rest. */
    List<StageAccount> accounts(long documents) {
        run.describe("near: ledger");
        Map<String, Long> kinds = new HashMap<>();
        removed().groupBy("kind").count().collectAsList().forEach(row -> kinds.put(row.getString(0), row.getLong(1)));
        long identical = kinds.getOrDefault(Removal.EXACT, 0L);
        long similar = kinds.getOrDefault(Removal.NEAR, 0L);
        return List.of(
                account("exact", documents, identical, exactResults),
                account("near", documents - identical, similar, nearResults.values()));
    }

    private static StageAccount account(String name, long in, long removed, Collection<StageResult> results) {
        SortedMap<String, Long> dropped = new TreeMap<>();
        if (removed > 0) {
            dropped.put("DUPLICATE_" + name.toUpperCase(java.util.Locale.ROOT), removed);
        }
        return new StageAccount(
                name,
                in,
                in - removed,
                dropped,
                results.stream().mapToDouble(StageResult::seconds).sum(),
                results.stream().mapToDouble(StageResult::cpuSeconds).sum(),
                results.stream().allMatch(StageResult::reused));
    }
}
