package corpusmill.tokenizer.reference;

import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a definition with Hugging Face tokenizers through DJL: what every other engine is measured against.
 *
 * <p>For any number of threads; a call runs in its caller's thread. About 2 MB of text a second and thread. Memory:
 * the model, natively, ten times its file; during a call about 200 bytes for every byte encoded at once, of which there
 * are at most 256 KiB for the byte-level definitions that may be cut, else the whole text, up to 16 MiB.
 */
public final class ReferenceTokenizer implements Tokenizer {
    private final TokenizerDefinition definition;
    private final ReferenceModel model;
    private @Nullable NativeTokenizer decoder;
    private @Nullable String whyNotFast;

    private ReferenceTokenizer(TokenizerDefinition definition, ReferenceModel model) {
        this.definition = definition;
        this.model = model;
    }

    /**
     * Opens a definition; see {@link corpusmill.tokenizer.Tokenizers#open}.
     *
     * @throws TokenizerException if the engine refuses the definition, or the policy cannot be kept with it
     */
    public static ReferenceTokenizer open(TokenizerDefinition definition, SpecialTokens specialTokens) {
        return open(definition, specialTokens, ReferenceModel.PIECE);
    }

    static ReferenceTokenizer open(TokenizerDefinition definition, SpecialTokens specialTokens, int pieceBytes) {
        return new ReferenceTokenizer(definition, new ReferenceModel(definition, specialTokens, pieceBytes));
    }

    @Override
    public TokenizerDefinition definition() {
        return definition;
    }

    @Override
    public Engine engine() {
        return Engine.REFERENCE;
    }

    /** The version of DJL as its jar tells it, or {@code null} as a word where that is repackaged. */
    public static String version() {
        return "djl" + NativeTokenizer.version();
    }

    /** Notes what keeps the fast engine from running this definition. */
    public ReferenceTokenizer because(String reason) {
        whyNotFast = reason;
        return this;
    }

    @Override
    public Optional<String> whyNotFast() {
        return Optional.ofNullable(whyNotFast);
    }

    @Override
    public TokenEncoder encoder() {
        return new ReferenceEncoder(model);
    }

    @Override
    public String decode(int[] ids) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= definition.vocabularySize()) {
                throw new TokenizerException("Id " + ids[i] + " at " + i + " is not in [0, "
                        + definition.vocabularySize() + ") of tokenizer '" + definition.name() + "'.");
            }
            wide[i] = ids[i];
        }
        return decoder().decode(wide);
    }

    /** The engine that knows every token: under ORDINARY not the one that encodes, but one made when first needed. */
    private synchronized NativeTokenizer decoder() {
        if (model.policy() != SpecialTokens.ORDINARY) {
            return model.engine();
        }
        if (decoder == null) {
            model.engine().requireOpen();
            decoder = new NativeTokenizer(definition.name(), definition.json());
        }
        return decoder;
    }

    @Override
    public synchronized void close() {
        model.close();
        if (decoder != null) {
            decoder.close();
        }
    }
}
