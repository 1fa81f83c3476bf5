package corpusmill.jobs.dedup.near;

import corpusmill.jobs.config.NearConfig;
import corpusmill.jobs.dedup.near.VerifyPairsStage.PairText;
import corpusmill.jobs.dedup.shingle.ShingleSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pairs whose exact similarity reaches the threshold. Holds the shingles of one better document at a time, and
 * those of the last others within a bound: documents of one bucket meet the same ones again and again.
 */
final class JaccardVerifier {

    /** Longs that the held sets take, about 8 bytes each. */
    private static final int HELD = 4 << 20;

    /** Longs that a set takes besides its shingles. */
    private static final int ENTRY = 16;

    private final NearConfig near;
    private long remembered;
    private @Nullable ShingleSet better;
    private final LinkedHashMap<Long, ShingleSet> held = new LinkedHashMap<>(16, 0.75f, true);
    private long longs;

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

    private ShingleSet set(long id, byte[] text) {
        ShingleSet known = held.get(id);
        if (known != null) {
            return known;
        }
        ShingleSet set = ShingleSet.of(text, near.shingle());
        held.put(id, set);
        longs += set.longs() + ENTRY;
        Iterator<ShingleSet> oldest = held.values().iterator();
        while (longs > HELD) {
            longs -= oldest.next().longs() + ENTRY;
            oldest.remove();
        }
        return set;
    }

    private @Nullable VerifiedPair verified(PairText pair) {
        boolean itself = pair.worse() == VerifyPairsStage.ITSELF;
        ShingleSet set = set(itself ? pair.better() : pair.worse(), pair.text());
        if (itself) {
            better = set;
            remembered = pair.better();
            return null;
        }
        if (better == null || remembered != pair.better()) {
            throw new IllegalStateException("document " + pair.better() + " has no text among those compared");
        }
        if (better.bound(set) < near.threshold()) {
            return null;
        }
        double similarity = better.jaccard(set);
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
