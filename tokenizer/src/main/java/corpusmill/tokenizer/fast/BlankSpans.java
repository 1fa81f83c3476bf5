package corpusmill.tokenizer.fast;

/** Pieces of a definition that spells blanks as {@code ▁}: blanks, then everything up to the next blank. */
final class BlankSpans implements Spans {

    @Override
    public int fill(byte[] utf8, int from, int end, Pieces pieces) {
        int count = 0;
        for (int at = from; at < end && count < Pieces.MOST; count++) {
            int start = at;
            for (int blank = blank(utf8, at, end); blank > 0; blank = blank(utf8, at, end)) {
                at += blank;
            }
            while (at < end && blank(utf8, at, end) == 0) {
                at++;
            }
            pieces.put(count, utf8, start, at);
        }
        return count;
    }

    /** Bytes of the blank at a place: 1, 3 or 0 for none. */
    private static int blank(byte[] utf8, int at, int end) {
        if (at >= end) {
            return 0;
        }
        if (utf8[at] == ' ') {
            return 1;
        }
        boolean spelled =
                utf8[at] == (byte) 0xe2 && at + 2 < end && utf8[at + 1] == (byte) 0x96 && utf8[at + 2] == (byte) 0x81;
        return spelled ? 3 : 0;
    }
}
