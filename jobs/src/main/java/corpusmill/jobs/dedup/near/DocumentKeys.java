package corpusmill.jobs.dedup.near;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The band keys of one document.
 *
 * @param id document id
 * @param rank0 first column of its rank, {@link corpusmill.jobs.flow.Ranking}
 * @param rank1 second column of its rank
 * @param keys hash of each band's minima, in the order of the bands; none if the text has no shingle
 * @param drawn its text, if it is one of the few that are looked at later; null otherwise
 */
public record DocumentKeys(
        long id,
        long rank0,
        long rank1,
        long[] keys,
        @Nullable String drawn) {
    @Override
    public String toString() {
        return id + " " + Arrays.toString(keys);
    }
}
