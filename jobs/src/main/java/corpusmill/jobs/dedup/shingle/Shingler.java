package corpusmill.jobs.dedup.shingle;

import corpusmill.jobs.config.NearConfig.Shingle;

/**
 * Cuts a text into units and gives the hash of every run of {@code size} units, in order, repeats included. A text with
 * fewer units than that has one shingle of all it has; a text without units has none.
 *
 * <p>The hash of a unit is {@code xxhash64} of its UTF-8 bytes; that of a shingle is {@code xxhash64} over its units'
 * hashes as a row of bigints. Streaming: memory does not grow with the text. Not thread-safe.
 */
public abstract class Shingler {

    /** Receives shingle hashes. */
    @FunctionalInterface
    public interface Sink {
        void shingle(long hash);
    }

    /** The last units, {@link XxHash64#mix mixed}, since each is folded into several shingles. */
    private final long[] window;

    private int seen;

    Shingler(int size) {
        this.window = new long[size];
    }

    /** The shingler of a configuration. */
    public static Shingler of(Shingle shingle) {
        return switch (shingle.unit()) {
            case AUTO -> new UnicodeWords(shingle.size());
            case WORDS -> new SpacedWords(shingle.size());
            case CHARACTERS -> new Characters(shingle.size());
        };
    }

    /** Gives every shingle of valid UTF-8 to the sink. */
    public final void shingle(byte[] utf8, Sink sink) {
        seen = 0;
        units(utf8, hash -> unit(hash, sink));
        if (seen > 0 && seen < window.length) {
            sink.shingle(fold(0, seen));
        }
    }

    /**
     * Two hashes of the whole sequence of units: texts equal in the sense of {@code exact: normalized} agree in both. A
     * text without units is equal to itself alone: its bytes are hashed.
     */
    public final long[] sequence(byte[] utf8) {
        long[] hashes = {XxHash64.ofLong(0, XxHash64.SEED), XxHash64.ofLong(1, XxHash64.SEED), 0};
        units(utf8, hash -> {
            hashes[0] = XxHash64.ofLong(hash, hashes[0]);
            hashes[1] = XxHash64.ofLong(hash, hashes[1]);
            hashes[2]++;
        });
        return hashes[2] > 0
                ? new long[] {hashes[0], hashes[1]}
                : new long[] {
                    XxHash64.ofBytes(utf8, 0, utf8.length, hashes[0]), XxHash64.ofBytes(utf8, 0, utf8.length, hashes[1])
                };
    }

    /** Gives the hash of every unit, in order. */
    abstract void units(byte[] utf8, Sink sink);

    private void unit(long hash, Sink sink) {
        int size = window.length;
        window[seen < size ? seen : seen - size] = XxHash64.mix(hash);
        seen++;
        if (seen >= size) {
            sink.shingle(fold(seen < 2 * size ? seen - size : 0, size));
            if (seen == 2 * size) {
                seen = size;
            }
        }
    }

    private long fold(int from, int count) {
        long hash = XxHash64.SEED;
        for (int i = 0; i < count; i++) {
            int at = from + i;
            hash = XxHash64.ofMixed(window[at < window.length ? at : at - window.length], hash);
        }
        return hash;
    }
}
