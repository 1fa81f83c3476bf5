package corpusmill.jobs.dedup.shingle;

import corpusmill.jobs.config.NearConfig.Shingle;
import java.util.Arrays;

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

    private static final int BLOCK = 256;

    private final Shingles shingles;

    Shingler(int size) {
        this.shingles = new Shingles(size);
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
        shingles.begin(sink);
        units(utf8, shingles);
        shingles.end();
    }

    /**
     * Two hashes of the whole sequence of units: texts equal in the sense of {@code exact: normalized} agree in both. A
     * text without units is equal to itself alone: its bytes are hashed.
     */
    public final long[] sequence(byte[] utf8) {
        Sequence sequence = new Sequence();
        units(utf8, sequence);
        sequence.giveOn();
        return sequence.any
                ? new long[] {sequence.first, sequence.second}
                : new long[] {
                    XxHash64.ofBytes(utf8, 0, utf8.length, sequence.first),
                    XxHash64.ofBytes(utf8, 0, utf8.length, sequence.second)
                };
    }

    /** Gives the hash of every unit, in order. */
    abstract void units(byte[] utf8, Units units);

    /** All units folded into two hashes. */
    private static final class Sequence extends Units {

        private long first = XxHash64.ofLong(0, XxHash64.SEED);
        private long second = XxHash64.ofLong(1, XxHash64.SEED);
        private boolean any;

        Sequence() {
            super(BLOCK);
        }

        @Override
        void giveOn() {
            for (int i = 0; i < filled; i++) {
                first = XxHash64.ofMixed(mixed[i], first);
                second = XxHash64.ofMixed(mixed[i], second);
            }
            any |= filled > 0;
            filled = 0;
        }
    }

    /** Every run of units folded into a hash. */
    private static final class Shingles extends Units {

        private final int size;
        private final long[] folded = new long[BLOCK];
        private Sink sink = hash -> {};
        private boolean any;

        Shingles(int size) {
            super(BLOCK + size - 1);
            this.size = size;
        }

        void begin(Sink next) {
            sink = next;
            filled = 0;
            any = false;
        }

        @Override
        void giveOn() {
            int count = filled - size + 1;
            fold(mixed, size, folded, count);
            for (int i = 0; i < count; i++) {
                sink.shingle(folded[i]);
            }
            any = true;
            System.arraycopy(mixed, count, mixed, 0, size - 1);
            filled = size - 1;
        }

        void end() {
            if (filled >= size) {
                giveOn();
            } else if (!any && filled > 0) {
                fold(mixed, filled, folded, 1);
                sink.shingle(folded[0]);
            }
        }

        /** One unit of all shingles after the other, so that the hashes do not wait for each other. */
        private static void fold(long[] mixed, int size, long[] folded, int count) {
            Arrays.fill(folded, 0, count, XxHash64.SEED);
            for (int unit = 0; unit < size; unit++) {
                for (int i = 0; i < count; i++) {
                    folded[i] = XxHash64.ofMixed(mixed[i + unit], folded[i]);
                }
            }
        }
    }
}
