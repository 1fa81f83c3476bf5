package corpusmill.jobs.dedup.shingle;

/** Units of {@code characters:N}: code points, a run of white space taken as one blank and stripped at both ends. */
final class Characters extends Shingler {

    private static final long BLANK = XxHash64.ofBytes(new byte[] {' '}, 0, 1, XxHash64.SEED);

    Characters(int size) {
        super(size);
    }

    @Override
    void units(byte[] utf8, Units units) {
        boolean any = false;
        boolean blank = false;
        int next;
        for (int at = 0; at < utf8.length; at = next) {
            next = at + Utf8.length(utf8[at]);
            if (Utf8.isWhiteSpace(utf8, at)) {
                blank = any;
                continue;
            }
            if (blank) {
                units.add(BLANK);
                blank = false;
            }
            any = true;
            units.add(XxHash64.ofBytes(utf8, at, next, XxHash64.SEED));
        }
    }
}
