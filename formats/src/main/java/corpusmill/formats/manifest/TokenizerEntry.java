package corpusmill.formats.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a dataset.
 *
 * @param name what people call it
 * @param fingerprint 64 hex digits
 * @param engine {@code fast} or {@code reference}
 * @param whyNotFast why the job's choice of engine came to {@code reference}; null if nothing is to be said
 * @param vocabularySize number of ids
 * @param specialTokens {@code ordinary}, {@code control} or {@code reject}
 * @param append ids put after every document
 */
public record TokenizerEntry(
        String name,
        String fingerprint,
        String engine,
        @Nullable String whyNotFast,
        int vocabularySize,
        String specialTokens,
        List<Integer> append) {

    public TokenizerEntry {
        append = List.copyOf(append);
        Rules.hex("tokenizer.fingerprint", fingerprint, 64);
        Rules.atLeast("tokenizer.vocabulary_size", vocabularySize, 1);
    }
}
