package corpusmill.jobs;

import java.io.PrintStream;
import java.util.Locale;

/** Lines for a person who watches: some stay, and below them one that the next overwrites. Thread-safe. */
final class ProgressLines {

    private static final String ERASE = "\r\u001b[K";
    private static final int WIDTH = 79;

    private final PrintStream err;
    private final boolean watched;

    /**
     * Lines on a stream.
     *
     * @param watched whether a person watches; nothing is written if not
     */
    ProgressLines(PrintStream err, boolean watched) {
        this.err = err;
        this.watched = watched;
    }

    /** A line that stays. */
    synchronized void line(String line) {
        if (watched) {
            err.print(ERASE + line + "\n");
            err.flush();
        }
    }

    /** The line that the next overwrites. */
    synchronized void tasks(String step, long done, long all) {
        if (watched) {
            String line = String.format(Locale.ROOT, "%s  %,d of %,d tasks", step, done, all);
            err.print(ERASE + line.substring(0, Math.min(WIDTH, line.length())));
            err.flush();
        }
    }

    /** Takes away the line that would be overwritten. */
    synchronized void end() {
        if (watched) {
            err.print(ERASE);
            err.flush();
        }
    }
}
