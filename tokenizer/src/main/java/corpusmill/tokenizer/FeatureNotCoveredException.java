package corpusmill.tokenizer;

/** The fast engine does not cover a feature of a definition. The message names its JSON path and the remedy. */
public final class FeatureNotCoveredException extends TokenizerException {
    private static final long serialVersionUID = 1L;

    private final String feature;

    /**
     * A refusal.
     *
     * @param definition the definition's name
     * @param path JSON path of the feature
     * @param what what stands there
     */
    public FeatureNotCoveredException(String definition, String path, String what) {
        super("Tokenizer '" + definition + "': the fast engine does not cover " + path + " (" + what
                + "); set tokenizer.engine to auto or reference.");
        this.feature = path + " (" + what + ")";
    }

    /** The JSON path of the feature and what stands there. */
    public String feature() {
        return feature;
    }
}
