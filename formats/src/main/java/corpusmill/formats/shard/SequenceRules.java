package corpusmill.formats.shard;

import org.jspecify.annotations.Nullable;

/** What every row must be. */
final class SequenceRules {

    private SequenceRules() {}

    /**
     * The first rule a row breaks.
     *
     * @return a part of a sentence, or null if it breaks none
     */
    static @Nullable String broken(PackedSequence row, ShardLayout layout) {
        int length = layout.sequenceLength();
        if (row.tokens().length != layout.rowBytes()) {
            return "tokens must have " + layout.rowBytes() + " bytes but have " + row.tokens().length;
        }
        if (row.source() < 0 || row.source() > 0xffff) {
            return "source must be in [0, 65535] but is " + row.source();
        }
        if (row.valid() < 0 || row.valid() > length) {
            return "n_valid must be in [0, " + length + "] but is " + row.valid();
        }
        if (row.first() < 0) {
            return "first_pos must be at least 0 but is " + row.first();
        }
        return brokenEnds(row.ends(), row.valid(), length);
    }

    private static @Nullable String brokenEnds(int[] ends, int valid, int length) {
        int before = 0;
        for (int end : ends) {
            if (end <= before) {
                return "doc_ends must ascend from 1 but " + end + " follows " + before;
            }
            before = end;
        }
        if (before != length) {
            return "the last of doc_ends must be " + length + " but is " + before;
        }
        int start = ends.length == 1 ? 0 : ends[ends.length - 2];
        if (valid < length && start != valid) {
            return "padding must be a segment of its own, from n_valid " + valid + ", but the last segment starts at "
                    + start;
        }
        return null;
    }
}
