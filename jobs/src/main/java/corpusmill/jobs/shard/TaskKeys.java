package corpusmill.jobs.shard;

import java.io.Serializable;
import java.util.function.IntUnaryOperator;

/**
 * Numbers that Spark's hash partitioning sends each to a partition of its own. Of shards that were partitioned by the hash
 * of their own numbers, a quarter of the tasks would get two or more, and with them as many times the memory and the time,
 * while a third of the tasks got none. Where a Spark hashes otherwise the shards are spread by chance, and their bytes are
 * the same.
 */
final class TaskKeys implements Serializable {

    private static final long serialVersionUID = 1;

    private final int[] keys;

    /** Finds one for each of {@code partitions}, by trying about {@code n · ln n} numbers with Spark's {@code hash}. */
    TaskKeys(int partitions, IntUnaryOperator hash) {
        keys = new int[partitions];
        boolean[] found = new boolean[partitions];
        int missing = partitions;
        for (int key = 0; missing > 0; key++) {
            int partition = Math.floorMod(hash.applyAsInt(key), partitions);
            if (!found[partition]) {
                found[partition] = true;
                keys[partition] = key;
                missing--;
            }
        }
    }

    int partitions() {
        return keys.length;
    }

    /** The key of a shard, by its number among all shards. */
    int of(int shard) {
        return keys[shard % keys.length];
    }
}
