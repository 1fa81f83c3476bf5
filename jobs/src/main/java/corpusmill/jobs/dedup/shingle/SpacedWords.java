package corpusmill.jobs.dedup.shingle;

/** Units of {@code words:N}: the runs between white space, as they stand. */
final class SpacedWords extends Shingler {

    SpacedWords(int size) {
        super(size);
    }

    @Override
    void units(byte[] utf8, Sink sink) {
        int start = -1;
        for (int at = 0; at < utf8.length; at += Utf8.length(utf8[at])) {
            boolean space = Utf8.isWhiteSpace(utf8, at);
            if (space && start >= 0) {
                sink.shingle(XxHash64.ofBytes(utf8, start, at, XxHash64.SEED));
                start = -1;
            } else if (!space && start < 0) {
                start = at;
            }
        }
        if (start >= 0) {
            sink.shingle(XxHash64.ofBytes(utf8, start, utf8.length, XxHash64.SEED));
        }
    }
}
