package corpusmill.tokenizer;

/** A text is longer than the engine can encode within bounded memory. The message says how long and what the limit is. */
public final class TextTooLongException extends TokenizerException {
    private static final long serialVersionUID = 1L;

    public TextTooLongException(String message) {
        super(message);
    }
}
