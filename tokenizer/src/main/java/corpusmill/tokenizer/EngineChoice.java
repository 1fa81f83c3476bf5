package corpusmill.tokenizer;

/** Which engine the caller asks for. */
public enum EngineChoice {
    /** The fast engine where it covers the definition and passes the proof, else the reference engine. */
    AUTO,
    /** The fast engine, or a refusal that names the feature. */
    FAST,
    /** The reference engine. */
    REFERENCE
}
