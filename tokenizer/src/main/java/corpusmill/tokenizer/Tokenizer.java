package corpusmill.tokenizer;

import java.util.Optional;

/**
 * Turns text into token ids, exactly as the reference engine of its definition does.
 *
 * <p>Immutable and shared by all threads of a JVM; {@link #encoder()} gives each thread the small mutable state it
 * needs. Never truncates, pads, or adds framing tokens such as BOS and EOS: those belong to the caller.
 *
 * <pre>{@code
 * try (Tokenizer tokenizer = Tokenizers.open(definition, EngineChoice.AUTO, SpecialTokens.ORDINARY)) {
 *     TokenBuffer ids = new TokenBuffer();
 *     tokenizer.encoder().encode(utf8, 0, utf8.length, ids);
 * }
 * }</pre>
 */
public interface Tokenizer extends AutoCloseable {

    /** The definition this tokenizer was made from. */
    TokenizerDefinition definition();

    /** Which engine runs; written to the manifest and the report. */
    Engine engine();

    /** Why {@link EngineChoice#AUTO} did not take the fast engine, as a clause that begins with "it"; empty otherwise. */
    default Optional<String> whyNotFast() {
        return Optional.empty();
    }

    /** The digest of the proof that the fast engine passed, for {@link Tokenizers#openProven}; empty for the other. */
    default Optional<String> proof() {
        return Optional.empty();
    }

    /** A new encoder, for one thread at a time. Cheap: the model is shared. */
    TokenEncoder encoder();

    /**
     * The text of token ids, special tokens included.
     *
     * @param ids each in [0, {@link TokenizerDefinition#vocabularySize()})
     */
    String decode(int[] ids);

    @Override
    void close();

    /** The implementations there are. */
    enum Engine {
        /** Java, over byte spans. */
        FAST,
        /** Hugging Face tokenizers through DJL. */
        REFERENCE
    }
}
