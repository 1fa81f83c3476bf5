package corpusmill.jobs.config;

/**
 * The files of the dataset.
 *
 * @param targetSize size a shard should have; the rows per shard are the power of two nearest below
 * @param validationShare share of the documents that go to the split {@code validation}, in [0, 1)
 */
public record ShardsConfig(DataSize targetSize, double validationShare) implements java.io.Serializable {
    public static final ShardsConfig DEFAULT = new ShardsConfig(DataSize.parse("256MiB"), 0.0);
}
