package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.VerifyPairsStage.PairText;
import corpusmill.jobs.dedup.shingle.ShingleSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Keeps the pairs whose exact similarity reaches the threshold. Holds the shingles of one better document at a time. */
final class JaccardVerifier {

    private final NearConfig near;
    private long remembered;
    private @Nullable ShingleSet better;

    JaccardVerifier(NearConfig near) {
        this.near = near;
    }

    /** Lazily; the row of a better document's own text comes before those of its pairs. */
    Iterator<VerifiedPair> verify(Iterator<PairText> pairs) {
        return new Iterator<>() {
            private @Nullable VerifiedPair next;

            @Override
            public boolean hasNext() {
                while (next == null && pairs.hasNext()) {
                    next = verified(pairs.next());
                }
                return next != null;
            }

            @Override
            public VerifiedPair next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                VerifiedPair result = next;
                next = null;
                return result;
            }
        };
    }

    private @Nullable VerifiedPair verified(PairText pair) {
        ShingleSet shingles = ShingleSet.of(pair.text(), near.shingle());
        if (pair.worse() == VerifyPairsStage.ITSELF) {
            better = shingles;
            remembered = pair.better();
            return null;
        }
        if (better == null || remembered != pair.better()) {
            throw new IllegalStateException("document " + pair.better() + " has no text among those compared");
        }
        if (better.bound(shingles) < near.threshold()) {
            return null;
        }
        double similarity = better.jaccard(shingles);
        return similarity >= near.threshold()
                ? new VerifiedPair(
                        pair.better(),
                        pair.worse(),
                        pair.rank0(),
                        pair.rank1(),
                        pair.above0(),
                        pair.above1(),
                        similarity)
                : null;
    }
}
