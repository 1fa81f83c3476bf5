/**
 * The shards of a dataset: their layout, their writer and their reader.
 *
 * <p>What a shard costs is its digests: SHA-256 alone runs at 1.2 to 1.5 GB/s on one core, with the processor's own
 * instructions, and that bounds every writer that computes it. CRC-64 runs at 1.0 to 1.7 GB/s beside it, and what is
 * left of the writer, without digests, at 2 GB/s and more. {@code ShardWriterBenchmark} in the tests measures each.
 */
@NullMarked
package corpusmill.formats.shard;

import org.jspecify.annotations.NullMarked;
