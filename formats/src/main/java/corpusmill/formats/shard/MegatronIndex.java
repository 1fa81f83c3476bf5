package corpusmill.formats.shard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The index with which Megatron's {@code IndexedDataset} reads a shard's rows where they lie: every row without its
 * padding is a sequence and a document. Laid out as Megatron-LM's {@code megatron/core/datasets/indexed_dataset.py}
 * has it: magic, version, code of the id's type, counts, lengths, places in bytes, first sequence of each document.
 */
public final class MegatronIndex {

    private static final byte[] MAGIC = "MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final long VERSION = 1;
    private static final byte CODE_INT32 = 4;
    private static final byte CODE_UINT16 = 8;
    private static final int HEADER = MAGIC.length + 8 + 1 + 8 + 8;
    private static final int PER_ROW = 4 + 8 + 8;

    private MegatronIndex() {}

    /**
     * The path of the index of a shard.
     *
     * @param shardPath ends with {@code .arrow}
     */
    public static String path(String shardPath) {
        return shardPath.substring(0, shardPath.lastIndexOf('.')) + ".idx";
    }

    /** Size of the index of a shard of so many rows. */
    public static long bytes(long rows) {
        return HEADER + PER_ROW * rows + 8;
    }

    /**
     * The index of a shard.
     *
     * @param valid the column {@code n_valid}, little-endian
     */
    static byte[] of(ShardLayout layout, byte[] valid) {
        int rows = Math.toIntExact(layout.rows());
        ByteBuffer index = ByteBuffer.allocate(Math.toIntExact(bytes(rows))).order(ByteOrder.LITTLE_ENDIAN);
        index.put(MAGIC).putLong(VERSION).put(layout.type() == TokenType.UINT16 ? CODE_UINT16 : CODE_INT32);
        index.putLong(rows).putLong(rows + 1L);
        index.put(valid, 0, 4 * rows);
        for (long row = 0; row < rows; row++) {
            index.putLong(ShardLayout.TOKEN_OFFSET + row * layout.rowBytes());
        }
        for (long row = 0; row <= rows; row++) {
            index.putLong(row);
        }
        return index.array();
    }
}
