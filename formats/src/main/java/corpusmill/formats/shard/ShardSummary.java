package corpusmill.formats.shard;

import java.io.Serializable;

/**
 * What was written into a shard.
 *
 * @param rows number of rows
 * @param tokens tokens without padding
 * @param pad padding tokens
 * @param bytes size of the file
 * @param sha256 of the file, 64 hex digits
 * @param crc64nvme of the file, 16 hex digits
 * @param minId smallest id in the rows, padding included; 0 without rows
 * @param maxId largest id in the rows, padding included; -1 without rows
 */
public record ShardSummary(
        long rows, long tokens, long pad, long bytes, String sha256, String crc64nvme, int minId, int maxId)
        implements Serializable {}
