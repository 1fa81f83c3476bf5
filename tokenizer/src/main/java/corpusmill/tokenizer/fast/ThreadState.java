package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.TextTooLongException;
import corpusmill.tokenizer.TokenBuffer;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The kernel: text without added tokens to ids, for one thread. Works on up to 256 pieces at once: first their ends and
 * keys, then the entries of these among the pieces known to all threads, then the ids. What these do not hold is looked
 * for among the thread's own, cut where merging never joins, and merged only if it is not there either. About 5 MB.
 */
final class ThreadState implements AddedTokens.Receiver {
    /** The longest piece, in bytes: merging takes up to 40 bytes for each of them. */
    static final int LONGEST_PIECE = 16 << 20;

    private static final int KEPT = 1 << 16;

    private final FastModel model;
    private final Spans spans;
    private final Merger merger;
    private final Windows windows;
    private final SharedPieces known;
    private final @Nullable Borders borders;
    private final PieceCache cache = new PieceCache();
    private final LongPieces longPieces = new LongPieces();
    private final NfcText nfc = new NfcText();
    private final Pieces pieces = new Pieces();
    private final int[] found = new int[Pieces.MOST];
    private int[] symbols = new int[256];
    private byte[] blanked = new byte[256];
    private TokenBuffer out = new TokenBuffer();

    ThreadState(FastModel model) {
        this.model = model;
        this.known = model.pieces();
        this.borders = model.borders();
        this.spans = model.spans().get();
        this.merger = new Merger(model.pairs());
        this.windows = new Windows(model, merger);
    }

    /**
     * Encodes a checked text.
     *
     * @param normal whether it need not be normalised
     */
    void encode(byte[] utf8, int from, int end, boolean normal, TokenBuffer into) {
        out = into;
        model.added().split(utf8, from, end, normal ? null : nfc, this);
    }

    @Override
    public void token(int id) {
        out.add(id);
    }

    @Override
    public void text(byte[] utf8, int from, int end) {
        if (!model.blankBefore()) {
            encodeBatches(utf8, from, end);
            return;
        }
        int length = end - from;
        byte[] copy = blanked.length > length ? blanked : new byte[length + 1];
        if (copy.length <= KEPT) {
            blanked = copy;
        }
        copy[0] = ' ';
        System.arraycopy(utf8, from, copy, 1, length);
        encodeBatches(copy, 0, length + 1);
    }

    private void encodeBatches(byte[] utf8, int from, int end) {
        spans.reset();
        for (int at = from; at < end; ) {
            int count = spans.fill(utf8, at, end, pieces);
            int batchEnd = pieces.ends[count - 1];
            find(count);
            // What find() read of a key lies before what is read of its ids.
            VarHandle.acquireFence();
            out.reserve(batchEnd - at + PieceCache.MOST_IDS);
            for (int i = write(0, count); i < count; i = write(i, count)) {
                encodeMissed(utf8, i == 0 ? at : pieces.ends[i - 1], i);
                i++;
                out.reserve(batchEnd - pieces.ends[i - 1] + PieceCache.MOST_IDS);
            }
            at = batchEnd;
        }
    }

    /** Finds the entry of each key, or none; without a branch, so that the waits for memory overlap. */
    private void find(int count) {
        long[] table = known.table;
        long[] lows = pieces.lows;
        long[] highs = pieces.highs;
        int[] places = pieces.places;
        int[] into = found;
        for (int i = 0; i < count; i++) {
            long low = lows[i];
            long high = highs[i];
            int place = places[i];
            long first = table[place] ^ low | table[place + 1] ^ high;
            long second = table[place + 4] ^ low | table[place + 5] ^ high;
            int notFirst = (int) ((first | -first) >> 63);
            int notSecond = (int) ((second | -second) >> 63);
            into[i] = place + (notFirst & 4) | notFirst & notSecond;
        }
    }

    /** Writes the ids of pieces from one on, as far as they are found; gives the first that is not. */
    private int write(int from, int count) {
        long[] table = known.table;
        int[] places = found;
        int[] ids = out.reserve(0);
        int written = out.size();
        int i = from;
        for (; i < count; i++) {
            int place = places[i];
            if (place < 0) {
                break;
            }
            long packed = table[place + 2];
            int number = (int) (packed >>> PieceCache.COUNT_SHIFT);
            if (number > 3) {
                if (packed == PieceCache.ELSEWHERE) {
                    break;
                }
                more(ids, written + 3, table[place + 3]);
            }
            ids[written] = (int) (packed & PieceCache.ID_MASK);
            ids[written + 1] = (int) (packed >>> PieceCache.ID_BITS & PieceCache.ID_MASK);
            ids[written + 2] = (int) (packed >>> 2 * PieceCache.ID_BITS & PieceCache.ID_MASK);
            written += number;
        }
        out.advance(written - out.size());
        return i;
    }

    private static void more(int[] ids, int at, long packed) {
        ids[at] = (int) (packed & PieceCache.ID_MASK);
        ids[at + 1] = (int) (packed >>> PieceCache.ID_BITS & PieceCache.ID_MASK);
        ids[at + 2] = (int) (packed >>> 2 * PieceCache.ID_BITS & PieceCache.ID_MASK);
    }

    /** Appends the ids of a piece that was not found, or has too many for an entry. */
    private void encodeMissed(byte[] utf8, int at, int i) {
        long low = pieces.lows[i];
        long high = pieces.highs[i];
        int end = pieces.ends[i];
        if (high == Pieces.LONG || found[i] >= 0) {
            encodeLong(utf8, at, end, high == Pieces.LONG);
            return;
        }
        encodeShort(utf8, at, end, low, high, pieces.places[i]);
    }

    /** Appends the ids of a piece, or a part of one, that has a key. */
    private void encodeShort(byte[] utf8, int at, int end, long low, long high, int bucket) {
        int place = known.find(bucket, low, high);
        if (place >= 0) {
            append(utf8, at, end, known.table[place + 2], known.table[place + 3]);
            return;
        }
        long hash = Keys.hash(low, high);
        int own = cache.find(hash, low, high);
        if (own >= 0) {
            append(utf8, at, end, cache.table[own + 2], cache.table[own + 3]);
            return;
        }
        int token = model.vocabulary().get(low, high, hash);
        int number = 1;
        if (token >= 0) {
            symbols[0] = token;
        } else {
            number = merger.merge(model.alphabet(), utf8, at, end, symbols);
        }
        long firstIds = number > PieceCache.MOST_IDS ? PieceCache.ELSEWHERE : PieceCache.firstIds(symbols, number);
        long moreIds = number > PieceCache.MOST_IDS ? 0 : PieceCache.moreIds(symbols, number);
        if (!known.put(bucket, low, high, firstIds, moreIds)) {
            cache.put(PieceCache.place(hash), low, high, firstIds, moreIds);
        }
        if (number > PieceCache.MOST_IDS) {
            longPieces.put(utf8, at, end, Keys.hash(utf8, at, end - at), symbols, number);
        }
        append(symbols, number);
    }

    private void append(byte[] utf8, int at, int end, long firstIds, long moreIds) {
        if (firstIds == PieceCache.ELSEWHERE) {
            encodeLong(utf8, at, end, false);
            return;
        }
        int[] ids = out.reserve(PieceCache.MOST_IDS);
        int size = out.size();
        more(ids, size, firstIds);
        more(ids, size + 3, moreIds);
        out.advance((int) (firstIds >>> PieceCache.COUNT_SHIFT));
    }

    /** Appends the ids of a piece that the short cache does not hold. */
    private void encodeLong(byte[] utf8, int at, int end, boolean mayBeToken) {
        int length = end - at;
        boolean kept = length <= LongPieces.LONGEST;
        long hash = mayBeToken || kept ? Keys.hash(utf8, at, length) : 0;
        if (mayBeToken) {
            int token = model.vocabulary().getLong(utf8, at, end, hash);
            if (token >= 0) {
                out.add(token);
                return;
            }
        }
        int known = kept ? longPieces.find(utf8, at, end, hash) : LongPieces.NONE;
        if (known != LongPieces.NONE) {
            int[] into = out.reserve(length);
            out.advance(longPieces.copy(known, into, out.size()));
            return;
        }
        if (length > LONGEST_PIECE) {
            throw new TextTooLongException(
                    "The text holds " + length + " bytes that are one piece to the split pattern,"
                            + " and the fast engine takes at most " + LONGEST_PIECE + ". Lower ingest.max-document.");
        }
        if (mayBeToken && borders != null && encodeParts(borders, utf8, at, end)) {
            return;
        }
        int[] room = symbols.length >= length ? symbols : new int[length];
        int number = length > Windows.LENGTH
                ? windows.merge(utf8, at, end, room)
                : merger.merge(model.alphabet(), utf8, at, end, room);
        append(room, number);
        if (kept) {
            longPieces.put(utf8, at, end, hash, room, number);
        }
    }

    /** Appends the ids of a piece part by part; does nothing and gives false if it cannot be cut. */
    private boolean encodeParts(Borders cuts, byte[] utf8, int at, int end) {
        int from = at;
        for (int to = at + Borders.SEEN; to <= end - Borders.SEEN; to++) {
            if (!cuts.mayJoin(utf8, to)) {
                encodePart(utf8, from, to);
                from = to;
            }
        }
        if (from == at) {
            return false;
        }
        encodePart(utf8, from, end);
        return true;
    }

    private void encodePart(byte[] utf8, int at, int end) {
        int length = end - at;
        if (length > Keys.LONGEST) {
            encodeLong(utf8, at, end, false);
            return;
        }
        long low = Keys.low(utf8, at, length);
        long high = Keys.high(utf8, at, length);
        encodeShort(utf8, at, end, low, high, SharedPieces.place(Keys.hash(low, high)));
    }

    /** The work of merging so far; see {@link Merger#steps()}. */
    long steps() {
        return merger.steps();
    }

    private void append(int[] ids, int count) {
        int[] into = out.reserve(count);
        System.arraycopy(ids, 0, into, out.size(), count);
        out.advance(count);
    }
}
