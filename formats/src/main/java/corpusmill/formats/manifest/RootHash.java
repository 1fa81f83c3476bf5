package corpusmill.formats.manifest;

import corpusmill.formats.shard.ShardEntry;
import java.util.List;

/** The Merkle root over the shards of a dataset: two datasets hold the same sequences when it is equal. */
public final class RootHash {

    private RootHash() {}

    /**
     * The root of shards in any order; they are ordered by split name and number.
     *
     * @return 64 hex digits
     */
    public static String of(List<ShardEntry> shards) {
        throw new UnsupportedOperationException(shards.toString());
    }
}
