package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.TextTooLongException;
import corpusmill.tokenizer.TokenBuffer;

/**
 * The kernel: text without added tokens to ids, for one thread. Works on 256 pieces at once: first their ends and
 * keys, then a read of each key's cache line so that the misses overlap, then the ids. About 14 MB.
 */
final class ThreadState implements AddedTokens.Receiver {
    /** The longest piece, in bytes: merging takes up to 40 bytes for each of them. */
    static final int LONGEST_PIECE = 16 << 20;

    private static final int KEPT = 1 << 16;
    private static final int NONE = -1;

    private final FastModel model;
    private final Spans spans;
    private final Merger merger;
    private final Windows windows;
    private final PieceCache cache = new PieceCache();
    private final LongPieces longPieces = new LongPieces();
    private final NfcText nfc = new NfcText();
    private final Pieces pieces = new Pieces();
    private final int[] places = new int[Pieces.MOST];
    private int[] symbols = new int[256];
    private byte[] blanked = new byte[256];
    private TokenBuffer out = new TokenBuffer();

    /** Keeps the loop that reads cache lines from being dropped. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    ThreadState(FastModel model) {
        this.model = model;
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
            out.reserve(batchEnd - at + PieceCache.MOST_IDS);
            touch(count);
            probe(utf8, at, count);
            at = batchEnd;
        }
    }

    /** Finds the cache line of each key and reads from it, so that the misses overlap. */
    private void touch(int count) {
        long[] table = cache.table;
        long[] lows = pieces.lows;
        long[] highs = pieces.highs;
        int[] found = places;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int place = PieceCache.place(Keys.hash(lows[i], highs[i]));
            found[i] = place;
            sum += table[place];
        }
        touched += sum;
    }

    private void probe(byte[] utf8, int from, int count) {
        long[] table = cache.table;
        long[] lows = pieces.lows;
        long[] highs = pieces.highs;
        int[] ends = pieces.ends;
        int[] found = places;
        int[] ids = out.reserve(0);
        int written = out.size();
        for (int i = 0; i < count; i++) {
            long high = highs[i];
            long low = lows[i];
            int place = found[i];
            long differs = table[place] ^ low | table[place + 1] ^ high;
            place += (int) ((differs | -differs) >>> 63) << 2;
            if ((table[place] ^ low | table[place + 1] ^ high) != 0) {
                place = high == Pieces.LONG ? NONE : shortMiss(utf8, start(from, i), ends[i], i);
            }
            long packed = place < 0 ? PieceCache.ELSEWHERE : table[place + 2];
            if (packed == PieceCache.ELSEWHERE) {
                out.advance(written - out.size());
                encodeLong(utf8, start(from, i), ends[i], high == Pieces.LONG);
                ids = out.reserve(ends[count - 1] - ends[i] + PieceCache.MOST_IDS);
                written = out.size();
                continue;
            }
            ids[written] = (int) (packed & PieceCache.ID_MASK);
            ids[written + 1] = (int) (packed >>> PieceCache.ID_BITS & PieceCache.ID_MASK);
            ids[written + 2] = (int) (packed >>> 2 * PieceCache.ID_BITS & PieceCache.ID_MASK);
            int number = (int) (packed >>> PieceCache.COUNT_SHIFT);
            if (number > 3) {
                more(ids, written + 3, table[place + 3]);
            }
            written += number;
        }
        out.advance(written - out.size());
    }

    private int start(int from, int i) {
        return i == 0 ? from : pieces.ends[i - 1];
    }

    private static void more(int[] ids, int at, long packed) {
        ids[at] = (int) (packed & PieceCache.ID_MASK);
        ids[at + 1] = (int) (packed >>> PieceCache.ID_BITS & PieceCache.ID_MASK);
        ids[at + 2] = (int) (packed >>> 2 * PieceCache.ID_BITS & PieceCache.ID_MASK);
    }

    /** The place of the new entry of a piece. */
    private int shortMiss(byte[] utf8, int at, int end, int i) {
        long low = pieces.lows[i];
        long high = pieces.highs[i];
        int token = model.vocabulary().get(low, high, Keys.hash(low, high));
        int number = 1;
        if (token >= 0) {
            symbols[0] = token;
        } else {
            number = merger.merge(model.alphabet(), utf8, at, end, symbols);
        }
        int place = places[i];
        if (number > PieceCache.MOST_IDS) {
            cache.put(place, low, high, PieceCache.ELSEWHERE, 0);
            longPieces.put(utf8, at, end, Keys.hash(utf8, at, end - at), symbols, number);
        } else {
            cache.put(place, low, high, PieceCache.firstIds(symbols, number), PieceCache.moreIds(symbols, number));
        }
        return place;
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
        int[] room = symbols.length >= length ? symbols : new int[length];
        int number = length > Windows.LENGTH
                ? windows.merge(utf8, at, end, room)
                : merger.merge(model.alphabet(), utf8, at, end, room);
        append(room, number);
        if (kept) {
            longPieces.put(utf8, at, end, hash, room, number);
        }
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
