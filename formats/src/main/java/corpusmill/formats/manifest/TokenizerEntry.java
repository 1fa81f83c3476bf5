package corpusmill.formats.manifest;

import java.util.List;

/**
 * The tokenizer of a dataset.
 *
 * @param name what people call it
 * @param fingerprint 64 hex digits
 * @param engine {@code fast} or {@code reference}
 * @param vocabularySize number of ids
 * @param specialTokens {@code ordinary}, {@code control} or {@code reject}
 * @param append ids put after every document
 */
public record TokenizerEntry(
        String name,
        String fingerprint,
        String engine,
        int vocabularySize,
        String specialTokens,
        List<Integer> append) {

    public TokenizerEntry {
        append = List.copyOf(append);
        Rules.hex("tokenizer.fingerprint", fingerprint, 64);
        Rules.atLeast("tokenizer.vocabulary_size", vocabularySize, 1);
    }
}
