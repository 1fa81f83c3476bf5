package corpusmill.formats;

/** Storage or network failed; a retry is useful. */
public final class StorageException extends CorpusException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 5;
    }
}
