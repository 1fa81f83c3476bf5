package corpusmill.jobs.dedup.near;

import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.flow.Removal;
import corpusmill.jobs.flow.Stage;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;

/**
 * Verified pairs → removals, greedily by rank: a document is removed exactly when one of better rank that is similar to
 * it is kept. One task reads the pairs in the order of the worse document's rank; it remembers the removed ids alone,
 * eight bytes each and as many free.
 */
public record KeepStage() implements Stage<VerifiedPair, Removal> {

    @Override
    public Dataset<Removal> apply(Dataset<VerifiedPair> pairs) {
        MapPartitionsFunction<VerifiedPair, Removal> decide = rows -> new GreedyKeeper(rows);
        return pairs.coalesce(1)
                .sortWithinPartitions("rank0", "rank1", "worse", "above0", "above1", "better")
                .mapPartitions(decide, RecordEncoder.of(Removal.class));
    }
}
