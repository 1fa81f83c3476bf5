package corpusmill.formats;

/** The configuration or the command line cannot be used; nothing was done. */
public final class ConfigException extends CorpusException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
