package corpusmill.tokenizer;

/** Which engine the caller asks for. */
public enum EngineChoice {
    /** The reference engine so far. */
    AUTO,
    /** The fast engine, or a refusal that names the feature. */
    FAST,
    /** The reference engine. */
    REFERENCE
}
