package corpusmill.jobs.dedup.shingle;

/** Units of {@code words:N}: the runs between white space, as they stand. */
final class SpacedWords extends Shingler {

    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long BEHIND_BLANK = 0x2121_2121_2121_2121L; // of each byte ' ' + 1

    SpacedWords(int size) {
        super(size);
    }

    @Override
    void units(byte[] utf8, Units units) {
        int start = 0;
        int at = 0;
        while (at < utf8.length) {
            if (at <= utf8.length - Long.BYTES) {
                int plain = plain((long) XxHash64.LONG.get(utf8, at));
                at += plain;
                if (plain == Long.BYTES) {
                    continue;
                }
            }
            int next = at + Utf8.length(utf8[at]);
            if (Utf8.isWhiteSpace(utf8, at)) {
                end(utf8, start, at, units);
                start = next;
            }
            at = next;
        }
        end(utf8, start, utf8.length, units);
    }

    /**
     * How many of eight bytes, from the lowest, are ASCII above the blank: none of these is white space. A borrow of the
     * subtraction spoils only what is above the first other byte.
     */
    private static int plain(long bytes) {
        return Long.numberOfTrailingZeros((bytes - BEHIND_BLANK | bytes) & HIGH) >>> 3;
    }

    private static void end(byte[] utf8, int start, int end, Units units) {
        if (start < end) {
            units.add(XxHash64.ofBytes(utf8, start, end, XxHash64.SEED));
        }
    }
}
