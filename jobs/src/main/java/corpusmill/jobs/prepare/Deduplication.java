package corpusmill.jobs.prepare;

import static org.apache.spark.sql.functions.bin;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;

import corpusmill.jobs.config.DeduplicationConfig;
import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.EvidenceStage;
import corpusmill.jobs.dedup.exact.ExactDedupStage;
import corpusmill.jobs.dedup.near.BucketMember;
import corpusmill.jobs.dedup.near.CandidatePair;
import corpusmill.jobs.dedup.near.CandidateStage;
import corpusmill.jobs.dedup.near.KeepStage;
import corpusmill.jobs.dedup.near.Signature;
import corpusmill.jobs.dedup.near.SignatureStage;
import corpusmill.jobs.dedup.near.VerifiedPair;
import corpusmill.jobs.dedup.near.VerifyPairsStage;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.RemovedDocument;
import corpusmill.jobs.flow.StageAccount;
import corpusmill.jobs.report.CurvePoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents to evidence: identical texts first, then near-duplicates among what is left. */
final class Deduplication {

    private static final Logger LOG = LoggerFactory.getLogger(Deduplication.class);

    private static final CandidateStage CANDIDATES = CandidateStage.USUAL;

    private final Run run;
    private final List<StageResult> nearResults = new ArrayList<>();
    private final StageResult exact;
    private long compared;
    private long similar;
    private long skipped;

    private Deduplication(Run run, StageResult exact) {
        this.run = run;
        this.exact = exact;
    }

    static Deduplication of(Run run, Dataset<Document> documents) {
        DeduplicationConfig config = run.config().deduplication();
        Ranking ranking = new Ranking(config.keep());
        ExactDedupStage stage =
                new ExactDedupStage(config.exact(), config.near().shingle(), ranking);
        StageResult exact = run.work().result("exact", run.fingerprints().exact(), () -> {
            run.describe("exact: identical texts");
            return stage.apply(documents);
        });
        Deduplication deduplication = new Deduplication(run, exact);
        deduplication.near(documents, config.near(), ranking);
        return deduplication;
    }

    private void near(Dataset<Document> documents, NearConfig near, Ranking ranking) {
        Dataset<Removal> identical = exact.read(run.spark(), Removal.class);
        if (!near.enabled()) {
            Dataset<Removal> none = run.spark().emptyDataset(RecordEncoder.of(Removal.class));
            result("removed", () -> new EvidenceStage().apply(identical, none), RemovedDocument.class);
            return;
        }
        Dataset<Document> distinct = without(documents, identical);
        Dataset<Signature> signatures =
                result("signatures", () -> new SignatureStage(near, ranking).apply(distinct), Signature.class);
        Dataset<BucketMember> members = result("members", () -> CandidateStage.members(signatures), BucketMember.class);
        run.describe("near: figures");
        boolean large = CANDIDATES.hasLarge(members);
        Dataset<VerifiedPair> verified =
                verified("", () -> large ? CANDIDATES.withHeads(members) : CANDIDATES.apply(members), near, distinct);
        if (large) {
            Dataset<Removal> first = keep(verified, "removed-by-heads");
            Dataset<VerifiedPair> more = verified("-of-blocks", () -> CANDIDATES.among(members, first), near, distinct);
            run.describe("near: figures");
            skipped = CANDIDATES.skipped(members, first).first().getLong(0);
            decide(identical, verified.union(more));
        } else {
            decide(identical, verified);
        }
    }

    private Dataset<VerifiedPair> verified(
            String suffix, Supplier<Dataset<CandidatePair>> candidates, NearConfig near, Dataset<Document> documents) {
        Dataset<CandidatePair> pairs = result("candidates" + suffix, candidates, CandidatePair.class);
        run.describe("near: figures");
        compared += pairs.count();
        Dataset<VerifiedPair> verified =
                result("pairs" + suffix, () -> new VerifyPairsStage(near).apply(pairs, documents), VerifiedPair.class);
        run.describe("near: figures");
        similar += verified.count();
        return verified;
    }

    private void decide(Dataset<Removal> identical, Dataset<VerifiedPair> verified) {
        Dataset<Removal> removals = keep(verified, "decided");
        result("removed", () -> new EvidenceStage().apply(identical, removals), RemovedDocument.class);
    }

    private Dataset<Removal> keep(Dataset<VerifiedPair> verified, String name) {
        Dataset<Removal> removals = KeepStage.USUAL.apply(verified, name, this::result);
        return result(name, () -> removals, Removal.class);
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
        }
        return figures;
    }

    /** What the bands of the similar pairs tell of the curve; nothing without a search for near-duplicates. */
    List<CurvePoint> curve() {
        if (!run.config().deduplication().near().enabled()) {
            return List.of();
        }
        Dataset<VerifiedPair> pairs = nearResults.get(3).read(run.spark(), VerifiedPair.class);
        run.describe("near: figures");
        return new Observations(run)
                .curve(pairs, pairs.count(), nearResults.get(1).read(run.spark(), Signature.class));
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

    private <T extends Record> Dataset<T> result(String name, Supplier<Dataset<T>> make, Class<T> type) {
        StageResult result = run.work().result(name, run.fingerprints().near(), () -> {
            run.describe("near: " + name);
            return make.get();
        });
        nearResults.add(result);
        return result.read(run.spark(), type);
    }

    /** The evidence, one row per removed document. */
    Dataset<RemovedDocument> removed() {
        return nearResults.get(nearResults.size() - 1).read(run.spark(), RemovedDocument.class);
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
                account("exact", documents, identical, List.of(exact)),
                account("near", documents - identical, similar, nearResults));
    }

    private static StageAccount account(String name, long in, long removed, List<StageResult> results) {
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
