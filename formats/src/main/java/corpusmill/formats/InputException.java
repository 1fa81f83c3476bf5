package corpusmill.formats;

/** The input holds more bad data than its budget allows; nothing was published. */
public final class InputException extends CorpusException {

    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
