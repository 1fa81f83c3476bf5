package corpusmill.jobs.dedup.near;

import static org.apache.spark.sql.functions.lit;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.flow.Document;
import corpusmill.jobs.flow.Ranking;
import corpusmill.jobs.flow.Removal;
import java.util.List;
import org.apache.spark.sql.Dataset;

/**
 * The near stage over a small corpus.
 *
 * @param removals the decision
 * @param compared pairs whose texts were compared
 * @param skipped pairs of large buckets that were not
 */
record NearRun(List<Removal> removals, long compared, long skipped) {

    static NearRun of(Dataset<Document> documents, NearConfig near, Ranking ranking, CandidateStage stage) {
        VerifyPairsStage verify = new VerifyPairsStage(near);
        Dataset<BucketMember> members = CandidateStage.members(
                        SignatureStage.bands(new SignatureStage(near, ranking, lit(false)).apply(documents)))
                .localCheckpoint();
        boolean large = stage.hasLarge(members);
        Dataset<CandidatePair> candidates = (large ? stage.withHeads(members) : stage.apply(members)).localCheckpoint();
        Dataset<VerifiedPair> verified = verify.apply(candidates, documents).localCheckpoint();
        long compared = candidates.count();
        long skipped = 0;
        if (large) {
            Dataset<Removal> first = keep(verified).localCheckpoint();
            Dataset<CandidatePair> more = stage.among(members, first).localCheckpoint();
            compared += more.count();
            skipped = stage.skipped(members, first).first().getLong(0);
            verified = verified.union(verify.apply(more, documents)).localCheckpoint();
        }
        return new NearRun(keep(verified).collectAsList(), compared, skipped);
    }

    private static Dataset<Removal> keep(Dataset<VerifiedPair> verified) {
        return KeepStage.USUAL.apply(verified, verified.count(), "decided", Documents::materialised);
    }
}
