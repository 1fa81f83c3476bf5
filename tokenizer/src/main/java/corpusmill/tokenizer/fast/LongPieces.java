package corpusmill.tokenizer.fast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What pieces too long for a key became, for one thread. One place for each hash, a new piece takes it; bounded: at most
 * {@link #SLOTS} pieces of at most {@link #LONGEST} bytes.
 */
final class LongPieces {
    /** Longer pieces are not kept. */
    static final int LONGEST = 96;

    private static final int BITS = 13;
    private static final int SLOTS = 1 << BITS;

    private final byte[][] pieces = new byte[SLOTS][];
    private final int[][] ids = new int[SLOTS][];

    /** The ids of a piece, or null. */
    int @Nullable [] get(byte[] utf8, int from, int end, long hash) {
        int slot = (int) (hash >>> 64 - BITS);
        byte @Nullable [] piece = pieces[slot]; // null where nothing was put
        return piece != null && Arrays.equals(piece, 0, piece.length, utf8, from, end) ? ids[slot] : null;
    }

    void put(byte[] utf8, int from, int end, long hash, int[] found) {
        int slot = (int) (hash >>> 64 - BITS);
        pieces[slot] = Arrays.copyOfRange(utf8, from, end);
        ids[slot] = found;
    }
}
