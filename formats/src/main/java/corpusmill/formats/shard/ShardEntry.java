package corpusmill.formats.shard;

import java.io.Serializable;

/**
 * A shard of a dataset.
 *
 * @param path relative to the dataset's root
 * @param split name of its split
 * @param index its number within the split
 * @param summary what it holds
 */
public record ShardEntry(String path, String split, int index, ShardSummary summary) implements Serializable {}
