package corpusmill.tokenizer.fast;

import java.util.function.Supplier;

/**
 * All that encoding needs of a definition. Immutable, for any number of threads: a few to 40 MB.
 *
 * @param spans makes a thread's span finder
 * @param alphabet the symbols that merging starts from
 * @param pairs the merges
 * @param widths how many bytes of text an id stands for
 * @param vocabulary pieces that are one token
 * @param added tokens found in the text before all else
 * @param nfc whether the definition normalises to form C
 * @param blankBefore whether every text gets a blank before it
 */
record FastModel(
        Supplier<Spans> spans,
        Alphabet alphabet,
        PairTable pairs,
        TokenWidths widths,
        Vocabulary vocabulary,
        AddedTokens added,
        boolean nfc,
        boolean blankBefore) {}
