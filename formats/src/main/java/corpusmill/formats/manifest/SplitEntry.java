package corpusmill.formats.manifest;

import corpusmill.formats.shard.ShardLayout;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A split of a dataset.
 *
 * @param rows number of rows
 * @param tokens tokens without padding
 * @param padTokens padding
 * @param documents number of documents
 * @param shards number of shards
 * @param rowsPerShard rows of every shard but the last
 * @param lastShardRows rows of the last shard; 0 without shards
 * @param rowBytes bytes of a row's tokens
 * @param tokenOffset offset of the first row in a shard
 * @param pathTemplate a printf format with one integer in the name of the file, relative to the root: in a folder, and it
 *     ends with {@code .arrow}
 */
public record SplitEntry(
        long rows,
        long tokens,
        long padTokens,
        long documents,
        int shards,
        long rowsPerShard,
        long lastShardRows,
        int rowBytes,
        int tokenOffset,
        String pathTemplate) {

    private static final Pattern TEMPLATE = Pattern.compile("[^%]+/[^%/]*%(0?[1-9])?d[^%/]*\\.arrow");

    /**
     * Checks that the counts agree.
     *
     * @throws IllegalArgumentException if they do not
     */
    public SplitEntry {
        Rules.atLeast("rows", rows, 0);
        Rules.atLeast("tokens", tokens, 0);
        Rules.atLeast("pad_tokens", padTokens, 0);
        Rules.atLeast("documents", documents, 0);
        Rules.atLeast("shards", shards, 0);
        Rules.atLeast("rows_per_shard", rowsPerShard, 1);
        Rules.atLeast("row_bytes", rowBytes, 1);
        Rules.range("token_offset", tokenOffset, ShardLayout.TOKEN_OFFSET, ShardLayout.TOKEN_OFFSET);
        Rules.range("last_shard_rows", lastShardRows, shards == 0 ? 0 : 1, shards == 0 ? 0 : rowsPerShard);
        long expected = shards == 0 ? 0 : Math.addExact(Math.multiplyExact(shards - 1L, rowsPerShard), lastShardRows);
        if (rows != expected) {
            throw new IllegalArgumentException(
                    "rows must be (shards - 1) * rows_per_shard + last_shard_rows = " + expected + " but was " + rows);
        }
        if (!TEMPLATE.matcher(pathTemplate).matches()) {
            throw new IllegalArgumentException(
                    "path_template must be a file in a folder whose name has one integer such as %06d and ends"
                            + " with .arrow but was '" + pathTemplate + "'");
        }
        Rules.path("path_template", pathTemplate);
    }

    /** The path of a shard, relative to the root. */
    public String path(int shard) {
        return String.format(Locale.ROOT, pathTemplate, shard);
    }

    /** The rows of a shard. */
    public long rowsOf(int shard) {
        return shard == shards - 1 ? lastShardRows : rowsPerShard;
    }
}
