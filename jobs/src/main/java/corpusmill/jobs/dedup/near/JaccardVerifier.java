package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.VerifyPairsStage.PairTexts;
import corpusmill.jobs.dedup.shingle.ShingleSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Keeps the pairs whose exact similarity reaches the threshold. Remembers the shingles of the last better document. */
final class JaccardVerifier {

    private final NearConfig near;
    private long remembered;
    private @Nullable ShingleSet better;

    JaccardVerifier(NearConfig near) {
        this.near = near;
    }

    /** Lazily, in the order given; fastest when pairs of one better document follow each other. */
    Iterator<VerifiedPair> verify(Iterator<PairTexts> pairs) {
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

    private @Nullable VerifiedPair verified(PairTexts pair) {
        if (better == null || remembered != pair.better()) {
            better = ShingleSet.of(pair.above(), near.shingle());
            remembered = pair.better();
        }
        ShingleSet worse = ShingleSet.of(pair.below(), near.shingle());
        if (better.bound(worse) < near.threshold()) {
            return null;
        }
        double similarity = better.jaccard(worse);
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
