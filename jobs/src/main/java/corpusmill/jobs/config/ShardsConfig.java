package corpusmill.jobs.config;

/**
 * The files of the dataset.
 *
 * @param targetSize size a shard should have; the rows per shard are the power of two nearest below
 * @param archive second form of the rows beside the shards
 * @param validationShare share of the documents that go to the split {@code validation}, in [0, 1)
 */
public record ShardsConfig(DataSize targetSize, Archive archive, double validationShare)
        implements java.io.Serializable {
    public static final ShardsConfig DEFAULT = new ShardsConfig(DataSize.parse("256MiB"), Archive.NONE, 0.0);

    /** The second forms of the rows that there are. */
    public enum Archive {
        /** No second form. */
        NONE,
        /** Parquet with lists, for SQL engines. */
        PARQUET
    }
}
