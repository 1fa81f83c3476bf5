package corpusmill.tokenizer;

/** A tokenizer definition or a text that cannot be used; the message says what, where and the remedy. */
public class TokenizerException extends RuntimeException {
    public TokenizerException(String message) {
        super(message);
    }

    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
