package corpusmill.jobs.tokenize;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that an executor needs to load a tokenizer: nothing is fetched there. Equal when they make the same ids.
 *
 * @param definition the definition
 * @param engine which engine is asked for
 * @param specialTokens what text that spells a special token becomes
 * @param proof the digest of the proof that the fast engine passed on the driver; none before
 */
public record TokenizerSource(
        TokenizerDefinition definition,
        EngineChoice engine,
        SpecialTokens specialTokens,
        @Nullable String proof) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenizerSource.class);

    /** A source that is not yet proven. */
    public TokenizerSource(TokenizerDefinition definition, EngineChoice engine, SpecialTokens specialTokens) {
        this(definition, engine, specialTokens, null);
    }

    /** Loads it; proves the fast engine only where no proof is given. */
    Tokenizer open() {
        if (proof != null) {
            return Tokenizers.openProven(definition, specialTokens, proof);
        }
        Tokenizer opened = Tokenizers.open(definition, engine, specialTokens);
        opened.whyNotFast()
                .ifPresent(why -> LOG.warn(
                        "Tokenizer '{}' runs on the reference engine; the fast engine was not taken: {}.",
                        definition.name(),
                        why));
        return opened;
    }

    /** The same for executors, with the engine that was chosen here. */
    TokenizerSource as(Tokenizer opened) {
        EngineChoice chosen = opened.engine() == Tokenizer.Engine.FAST ? EngineChoice.FAST : EngineChoice.REFERENCE;
        return new TokenizerSource(
                definition, chosen, specialTokens, opened.proof().orElse(null));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenizerSource source
                && source.definition.fingerprint().equals(definition.fingerprint())
                && source.engine == engine
                && source.specialTokens == specialTokens
                && Objects.equals(source.proof, proof);
    }

    @Override
    public int hashCode() {
        return Objects.hash(definition.fingerprint(), engine, specialTokens, proof);
    }

    @Override
    public String toString() {
        return definition.name() + " " + definition.fingerprint() + " " + engine + " " + specialTokens;
    }
}
