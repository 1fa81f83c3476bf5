package corpusmill.tokenizer;

/** A text spells a special token and the policy is {@link SpecialTokens#REJECT}. Carries the token, never the text. */
public final class SpecialTokenInTextException extends TokenizerException {
    private static final long serialVersionUID = 1L;

    private final String token;

    public SpecialTokenInTextException(String token) {
        super("the text holds the special token '" + token
                + "', and tokenizer.special-tokens is 'reject'; use 'ordinary' to take it as text");
        this.token = token;
    }

    /** Content of the special token that was found first. */
    public String token() {
        return token;
    }
}
