package corpusmill.tokenizer;

/** The fast engine does not give the reference engine's ids. The message shows a text and the remedy. */
public final class EngineMismatchException extends TokenizerException {
    private static final long serialVersionUID = 1L;

    private final String difference;

    /**
     * A refusal.
     *
     * @param definition the definition's name
     * @param difference what differs, with the smallest text found
     */
    public EngineMismatchException(String definition, String difference) {
        super("Tokenizer '" + definition + "': the fast engine is not the reference engine's equal: " + difference
                + ". Set tokenizer.engine to reference, and report the definition.");
        this.difference = difference;
    }

    /** What differs. */
    public String difference() {
        return difference;
    }
}
