package corpusmill.jobs.dedup.near;

import corpusmill.jobs.flow.Removal;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Decides pair by pair. The pairs come in the order of the worse document's rank, and for one document in the order of
 * the better one's: when a pair is reached, the fate of its better document is known, since all pairs in which that is
 * the worse one came before. A document's evidence is the best-ranked kept document similar to it.
 */
final class GreedyKeeper implements Iterator<Removal> {

    private final Iterator<VerifiedPair> pairs;
    private final LongSet removed = new LongSet();
    private @Nullable Removal next;

    GreedyKeeper(Iterator<VerifiedPair> pairs) {
        this.pairs = pairs;
    }

    @Override
    public boolean hasNext() {
        while (next == null && pairs.hasNext()) {
            VerifiedPair pair = pairs.next();
            if (!removed.contains(pair.better()) && removed.add(pair.worse())) {
                next = new Removal(pair.worse(), pair.better(), Removal.NEAR, pair.similarity());
            }
        }
        return next != null;
    }

    @Override
    public Removal next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Removal result = next;
        next = null;
        return result;
    }
}
