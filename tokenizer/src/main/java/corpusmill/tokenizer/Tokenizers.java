package corpusmill.tokenizer;

import corpusmill.tokenizer.fast.FastTokenizer;
import corpusmill.tokenizer.proof.Proof;
import corpusmill.tokenizer.reference.ReferenceTokenizer;

/** Opens tokenizers. Stateless. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Opens a tokenizer; close it when done. {@link EngineChoice#AUTO} is the fast engine where it may run, else the
     * reference engine, and {@link Tokenizer#whyNotFast()} says why. The fast engine is compared with the reference
     * engine first: some seconds, once for a definition and a machine.
     *
     * @param definition what to run
     * @param choice which engine may run it
     * @param specialTokens what to do with text that spells a special token
     * @throws FeatureNotCoveredException if the fast engine is asked for and does not cover the definition
     * @throws EngineMismatchException if the fast engine is asked for and gives other ids than the reference engine
     * @throws TokenizerException if the engine does not cover the definition or the policy
     */
    public static Tokenizer open(TokenizerDefinition definition, EngineChoice choice, SpecialTokens specialTokens) {
        if (choice == EngineChoice.REFERENCE) {
            return ReferenceTokenizer.open(definition, specialTokens);
        }
        if (choice == EngineChoice.FAST) {
            return proven(definition, specialTokens);
        }
        String reason;
        try {
            return proven(definition, specialTokens);
        } catch (FeatureNotCoveredException e) {
            reason = "it does not cover " + e.feature();
        } catch (EngineMismatchException e) {
            reason = "it is not the reference engine's equal: " + e.difference();
        }
        return ReferenceTokenizer.open(definition, specialTokens).because(reason);
    }

    private static Tokenizer proven(TokenizerDefinition definition, SpecialTokens specialTokens) {
        FastTokenizer fast = FastTokenizer.open(definition, specialTokens);
        return fast.proven(Proof.require(fast));
    }

    /**
     * Opens the fast engine as it was proven in another JVM; close it when done. Some milliseconds.
     *
     * @param proof what {@link Tokenizer#proof()} gave there
     * @throws EngineMismatchException if the fast engine gives other ids here than there
     */
    public static Tokenizer openProven(TokenizerDefinition definition, SpecialTokens specialTokens, String proof) {
        FastTokenizer fast = FastTokenizer.open(definition, specialTokens);
        String here = Proof.digest(fast);
        if (!here.equals(proof)) {
            throw new EngineMismatchException(
                    definition.name(),
                    "the digest of its ids is " + here + " in this Java " + Runtime.version() + " instead of " + proof
                            + " where it was proven");
        }
        return fast.proven(here);
    }
}
