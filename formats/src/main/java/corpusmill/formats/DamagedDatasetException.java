package corpusmill.formats;

/** A dataset, or a file of one, is not what it was written as. */
public final class DamagedDatasetException extends CorpusException {

    private static final long serialVersionUID = 1L;

    public DamagedDatasetException(String message) {
        super(message);
    }

    public DamagedDatasetException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 4;
    }
}
