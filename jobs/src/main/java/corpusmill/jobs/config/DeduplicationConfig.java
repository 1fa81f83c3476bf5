package corpusmill.jobs.config;

import java.net.URI;
import java.util.List;

/**
 * What counts as a duplicate and which copy stays.
 *
 * @param exact whether identical texts are removed
 * @param near near-duplicates
 * @param keep the ranking: an earlier rule wins, the id breaks ties
 * @param against roots of earlier datasets whose documents must not come again, absolute, without a slash at the end
 */
public record DeduplicationConfig(Exact exact, NearConfig near, List<KeepRule> keep, List<URI> against)
        implements java.io.Serializable {

    public static final DeduplicationConfig DEFAULT = new DeduplicationConfig(
            Exact.TRUE,
            NearConfig.DEFAULT,
            List.of(KeepRule.SOURCE_ORDER, KeepRule.LONGEST, KeepRule.FIRST),
            List.of());

    public DeduplicationConfig {
        keep = List.copyOf(keep);
        against = List.copyOf(against);
    }

    /** Which texts count as identical. */
    public enum Exact {
        /** Texts of the same bytes. */
        TRUE,
        /** None. */
        FALSE,
        /** Texts of the same sequence of shingle units: case, punctuation and white space do not count. */
        NORMALIZED
    }

    /** One rule of the ranking. */
    public enum KeepRule {
        /** The source that stands earlier in {@code input} is better. */
        SOURCE_ORDER,
        /** The text of more bytes is better. */
        LONGEST,
        /** The smaller document id is better. */
        FIRST
    }
}
