package corpusmill.jobs.shard;

import corpusmill.formats.order.FeistelPermutation;
import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where every packed row lies: the packer's order of a split is its groups one after another, and a keyed permutation
 * scatters it over the shards. O(groups) numbers, made on the driver.
 *
 * @param splits by name
 */
record ShardPlan(SortedMap<String, Split> splits) implements Serializable {

    ShardPlan {
        splits = new TreeMap<>(splits);
    }

    /**
     * Makes a plan.
     *
     * @param rows split → group → rows
     * @param groups number of groups
     * @param rowsPerShard rows of every shard but a split's last
     * @param seed keys the permutation
     */
    static ShardPlan of(Map<String, Map<Integer, Long>> rows, int groups, long rowsPerShard, long seed) {
        SortedMap<String, Split> splits = new TreeMap<>();
        rows.forEach((name, counts) -> {
            long[] start = new long[groups + 1];
            for (int group = 0; group < groups; group++) {
                start[group + 1] = start[group] + counts.getOrDefault(group, 0L);
            }
            splits.put(name, new Split(start, rowsPerShard, new FeistelPermutation(start[groups], seed, 0)));
        });
        return new ShardPlan(splits);
    }

    /** The place of a row within its split. */
    long place(String split, int group, int row) {
        Split known = split(split);
        return known.permutation.apply(known.start[group] + row);
    }

    /** A split that has rows. */
    Split split(String name) {
        Split known = splits.get(name);
        if (known == null) {
            throw new IllegalArgumentException("no row of split " + name + " was counted");
        }
        return known;
    }

    /** The number of a shard among those of all splits. */
    int number(String split, int shard) {
        return shard
                + splits.headMap(split).values().stream()
                        .mapToInt(Split::shards)
                        .sum();
    }

    int shards() {
        return splits.values().stream().mapToInt(Split::shards).sum();
    }

    /**
     * The rows of a split.
     *
     * @param start first row of each group in the packer's order, and behind the last group the number of all rows
     * @param rowsPerShard rows of every shard but the last
     * @param permutation packer's order to place
     */
    record Split(long[] start, long rowsPerShard, FeistelPermutation permutation) implements Serializable {

        long rows() {
            return start[start.length - 1];
        }

        int shards() {
            return Math.toIntExact((rows() + rowsPerShard - 1) / rowsPerShard);
        }

        long rowsOf(int shard) {
            return Math.min(rowsPerShard, rows() - shard * rowsPerShard);
        }
    }
}
