package corpusmill.tokenizer;

import java.util.Arrays;

/** A growing array of token ids, reused from document to document. Not thread-safe. */
public final class TokenBuffer {
    private int[] ids = new int[1024];
    private int size;

    /** Empties the buffer and keeps its memory. */
    public void clear() {
        size = 0;
    }

    /** The number of ids held. */
    public int size() {
        return size;
    }

    /** The id at a place in [0, {@link #size()}). */
    public int get(int place) {
        return ids[java.util.Objects.checkIndex(place, size)];
    }

    /** Appends one id. */
    public void add(int id) {
        reserve(1)[size++] = id;
    }

    /**
     * Makes room and gives the backing array, to be written from {@link #size()} on and confirmed by
     * {@link #advance(int)}. Valid until the next call of this method.
     *
     * @param more ids for which there must be room
     */
    public int[] reserve(int more) {
        if (ids.length - size < more) {
            long wanted = Math.max((long) size + more, ids.length * 2L);
            ids = Arrays.copyOf(ids, Math.toIntExact(Math.min(wanted, Integer.MAX_VALUE - 8)));
        }
        return ids;
    }

    /** Confirms ids written to the array of {@link #reserve(int)}. */
    public void advance(int written) {
        size = java.util.Objects.checkIndex(size + written, ids.length + 1);
    }

    /** Forgets the ids from a place in [0, {@link #size()}] on. */
    public void truncate(int place) {
        size = java.util.Objects.checkIndex(place, size + 1);
    }

    /** A copy of the ids held. */
    public int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
