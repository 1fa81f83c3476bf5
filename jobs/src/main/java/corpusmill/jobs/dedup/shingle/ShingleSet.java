package corpusmill.jobs.dedup.shingle;

import corpusmill.jobs.config.NearConfig.Shingle;

/**
 * The set of a text's shingle hashes by open addressing, and the exact Jaccard similarity of two such sets. At most three
 * quarters full: 11 to 22 bytes per distinct shingle.
 */
public final class ShingleSet {

    private static final long FREE = 0;
    private static final int LEAST = 16;

    private long[] slots = new long[LEAST];
    private int size;
    /** Whether the hash is in the set that stands for a free slot. */
    private boolean hasFree;

    ShingleSet() {}

    /** The shingles of valid UTF-8. */
    public static ShingleSet of(byte[] utf8, Shingle shingle) {
        ShingleSet set = new ShingleSet();
        Shingler.of(shingle).shingle(utf8, set::add);
        return set;
    }

    // The hashes are well mixed: their lowest bits tell the slot.
    void add(long hash) {
        if (hash == FREE) {
            size += hasFree ? 0 : 1;
            hasFree = true;
            return;
        }
        int slot = slot(hash);
        if (slots[slot] == hash) {
            return;
        }
        slots[slot] = hash;
        size++;
        if (size > slots.length / 4 * 3) {
            grow();
        }
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != FREE && slots[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(old.length, 2)];
        for (long hash : old) {
            if (hash != FREE) {
                slots[slot(hash)] = hash;
            }
        }
    }

    /** Gives every hash to the sink, in no order. */
    public void forEach(Shingler.Sink sink) {
        if (hasFree) {
            sink.shingle(FREE);
        }
        for (long hash : slots) {
            if (hash != FREE) {
                sink.shingle(hash);
            }
        }
    }

    /** Distinct shingles. */
    public int size() {
        return size;
    }

    /** Longs that the set takes in memory, about. */
    public int longs() {
        return slots.length;
    }

    /** |A ∩ B| / |A ∪ B|; 0 when either is empty. */
    public double jaccard(ShingleSet other) {
        if (size == 0 || other.size == 0) {
            return 0;
        }
        int shared = slots.length < other.slots.length ? other.holds(this) : holds(other);
        return shared / (double) ((long) size + other.size - shared);
    }

    /** The greatest similarity sets of these sizes can have. */
    public double bound(ShingleSet other) {
        return Math.min(size(), other.size()) / (double) Math.max(1, Math.max(size(), other.size()));
    }

    /** How many of another set's shingles are in this one. */
    private int holds(ShingleSet other) {
        int shared = hasFree && other.hasFree ? 1 : 0;
        for (long hash : other.slots) {
            if (hash != FREE && slots[slot(hash)] == hash) {
                shared++;
            }
        }
        return shared;
    }
}
