package corpusmill.jobs.dedup.shingle;

/** Units of {@code words:N}: the runs between white space, as they stand. */
final class SpacedWords extends Shingler {

    SpacedWords(int size) {
        super(size);
    }

    @Override
    void units(byte[] utf8, Sink sink) {
        int start = 0;
        int at = 0;
        while (at < utf8.length) {
            if (utf8[at] > ' ') { // ASCII, and no white space
                at++;
            } else if (Utf8.isWhiteSpace(utf8, at)) {
                end(utf8, start, at, sink);
                at += Utf8.length(utf8[at]);
                start = at;
            } else {
                at += Utf8.length(utf8[at]);
            }
        }
        end(utf8, start, utf8.length, sink);
    }

    private static void end(byte[] utf8, int start, int end, Sink sink) {
        if (start < end) {
            sink.shingle(XxHash64.ofBytes(utf8, start, end, XxHash64.SEED));
        }
    }
}
