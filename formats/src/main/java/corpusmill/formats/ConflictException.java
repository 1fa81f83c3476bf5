package corpusmill.formats;

/** Another writer published something else at the same place; nothing was changed. */
public final class ConflictException extends CorpusException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 6;
    }
}
