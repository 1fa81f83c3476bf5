package corpusmill.jobs.tokenize;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.io.Serializable;
import java.util.Objects;

/**
 * All that an executor needs to load a tokenizer: nothing is fetched there. Equal when they make the same ids.
 *
 * @param definition the definition
 * @param engine which engine is asked for
 * @param specialTokens what text that spells a special token becomes
 */
public record TokenizerSource(TokenizerDefinition definition, EngineChoice engine, SpecialTokens specialTokens)
        implements Serializable {

    /** Loads it. */
    public Tokenizer open() {
        return Tokenizers.open(definition, engine, specialTokens);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenizerSource source
                && source.definition.fingerprint().equals(definition.fingerprint())
                && source.engine == engine
                && source.specialTokens == specialTokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(definition.fingerprint(), engine, specialTokens);
    }

    @Override
    public String toString() {
        return definition.name() + " " + definition.fingerprint() + " " + engine + " " + specialTokens;
    }
}
