package corpusmill.tokenizer;

/** What to do with text that spells a special token of the definition, such as {@code <|endoftext|>}. */
public enum SpecialTokens {
    /** It is text like any other; the occurrences are counted. */
    ORDINARY,
    /** It becomes the special token's id. */
    CONTROL,
    /** The document is rejected. */
    REJECT
}
