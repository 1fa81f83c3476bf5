package corpusmill.jobs.prepare;

import java.util.Locale;

/** The stages a user can ask for, in their order. */
public enum StageName {
    INGEST,
    DEDUPLICATE,
    TOKENIZE,
    WRITE;

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
