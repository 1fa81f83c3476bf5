package corpusmill.tokenizer;

import corpusmill.tokenizer.reference.ReferenceTokenizer;

/** Opens tokenizers. Stateless. */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * Opens a tokenizer; close it when done.
     *
     * @param definition what to run
     * @param choice which engine may run it
     * @param specialTokens what to do with text that spells a special token
     * @throws TokenizerException if the engine does not cover the definition or the policy
     */
    public static Tokenizer open(TokenizerDefinition definition, EngineChoice choice, SpecialTokens specialTokens) {
        if (choice == EngineChoice.FAST) {
            throw new TokenizerException("Tokenizer '" + definition.name()
                    + "': the fast engine does not cover $.model.type '"
                    + definition.modelType().jsonName()
                    + "' yet; set tokenizer.engine to auto or reference.");
        }
        return ReferenceTokenizer.open(definition, specialTokens);
    }
}
