package corpusmill.formats;

/**
 * A failure that is not a defect of Corpusmill. The message is one sentence for the user: what, where, got, limit and
 * remedy. Each kind is one exit code of the command line.
 */
public abstract sealed class CorpusException extends RuntimeException
        permits ConfigException, InputException, DamagedDatasetException, StorageException, ConflictException {

    private static final long serialVersionUID = 1L;

    CorpusException(String message) {
        super(message);
    }

    CorpusException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The exit code of the command that fails so; never 0 or 1. */
    public abstract int exitCode();
}
