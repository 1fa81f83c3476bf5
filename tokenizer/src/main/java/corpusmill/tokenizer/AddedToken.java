package corpusmill.tokenizer;

/**
 * A token that a definition matches in the text before its model sees it.
 *
 * @param id token id
 * @param content the text that spells it
 * @param special whether it is a control token; others (runs of blanks in some definitions) are content
 */
public record AddedToken(int id, String content, boolean special) {}
