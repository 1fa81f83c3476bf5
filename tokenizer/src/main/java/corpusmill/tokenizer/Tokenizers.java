package corpusmill.tokenizer;

import corpusmill.tokenizer.fast.FastTokenizer;
import corpusmill.tokenizer.proof.Proof;
import corpusmill.tokenizer.reference.ReferenceTokenizer;

/** Opens tokenizers. Stateless. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Opens a tokenizer; close it when done. The fast engine is compared with the reference engine first, once in a JVM.
     *
     * @param definition what to run
     * @param choice which engine may run it
     * @param specialTokens what to do with text that spells a special token
     * @throws FeatureNotCoveredException if the fast engine is asked for and does not cover the definition
     * @throws TokenizerException if the engine does not cover the definition or the policy
     */
    public static Tokenizer open(TokenizerDefinition definition, EngineChoice choice, SpecialTokens specialTokens) {
        if (choice == EngineChoice.REFERENCE) {
            return ReferenceTokenizer.open(definition, specialTokens);
        }
        try {
            FastTokenizer fast = FastTokenizer.open(definition, specialTokens);
            Proof.require(fast);
            return fast;
        } catch (FeatureNotCoveredException e) {
            if (choice == EngineChoice.FAST) {
                throw e;
            }
            return ReferenceTokenizer.open(definition, specialTokens).because(e.feature());
        }
    }
}
