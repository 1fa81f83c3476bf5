package corpusmill.jobs.dedup.shingle;

/**
 * Gathers the hashes of a text's units, {@link XxHash64#mix mixed} since each is folded into several hashes, and gives
 * them on in blocks: one short loop after the other, without a call for each unit, is what compilers make fast code of.
 * Not thread-safe.
 */
abstract class Units {

    /** Hashes so far that were not given on. */
    final long[] mixed;

    /** How many. */
    int filled;

    /**
     * Empty.
     *
     * @param length of a block
     */
    Units(int length) {
        mixed = new long[length];
    }

    /** Takes the hash of the next unit. */
    final void add(long hash) {
        if (filled == mixed.length) {
            giveOn();
        }
        mixed[filled++] = XxHash64.mix(hash);
    }

    /** Gives the block on; what is needed with the next units stays at its beginning. */
    abstract void giveOn();
}
