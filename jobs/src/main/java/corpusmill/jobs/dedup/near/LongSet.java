package corpusmill.jobs.dedup.near;

import corpusmill.jobs.dedup.shingle.XxHash64;
import java.util.Arrays;

/** A set of non-negative longs by open addressing, at most half full. Not thread-safe. */
final class LongSet {

    private static final long FREE = -1;

    private long[] table = new long[1024];
    private int size;

    LongSet() {
        Arrays.fill(table, FREE);
    }

    /** Whether the value was absent. */
    boolean add(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("value must be >= 0 but was " + value);
        }
        int at = find(value);
        if (table[at] == value) {
            return false;
        }
        table[at] = value;
        size++;
        if (2L * size > table.length) {
            grow();
        }
        return true;
    }

    boolean contains(long value) {
        return value >= 0 && table[find(value)] == value;
    }

    private int find(long value) {
        int mask = table.length - 1;
        int at = (int) XxHash64.ofLong(value, 0) & mask;
        while (table[at] != FREE && table[at] != value) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = table;
        table = new long[Math.multiplyExact(old.length, 2)];
        Arrays.fill(table, FREE);
        for (long value : old) {
            if (value != FREE) {
                table[find(value)] = value;
            }
        }
    }
}
