package corpusmill.tokenizer.fast;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that encoding needs of a definition, for any number of threads. Immutable but for the pieces known: a few to 40 MB
 * and the 16 MB of these.
 *
 * @param spans makes a thread's span finder
 * @param alphabet the symbols that merging starts from
 * @param pairs the merges
 * @param widths how many bytes of text an id stands for
 * @param vocabulary pieces that are one token
 * @param borders places that merging never crosses, by which long pieces are cut; null if they are not
 * @param pieces what short pieces became
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
        @Nullable Borders borders,
        SharedPieces pieces,
        AddedTokens added,
        boolean nfc,
        boolean blankBefore) {}
