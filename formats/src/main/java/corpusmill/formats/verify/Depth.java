package corpusmill.formats.verify;

/** How much is read. */
public enum Depth {
    /** Every byte. */
    FULL,
    /** The manifest, the table of shards, and of every shard its size and header: one request a shard. */
    QUICK
}
