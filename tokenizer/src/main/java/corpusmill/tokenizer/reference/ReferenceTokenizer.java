package corpusmill.tokenizer.reference;

import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;

/** Runs a definition with Hugging Face tokenizers through DJL. For any number of threads. */
public final class ReferenceTokenizer implements Tokenizer {
    private final TokenizerDefinition definition;
    private final NativeTokenizer engine;

    private ReferenceTokenizer(TokenizerDefinition definition, NativeTokenizer engine) {
        this.definition = definition;
        this.engine = engine;
    }

    /** Opens a definition; see {@link corpusmill.tokenizer.Tokenizers#open}. */
    public static ReferenceTokenizer open(TokenizerDefinition definition, SpecialTokens specialTokens) {
        return new ReferenceTokenizer(definition, new NativeTokenizer(definition.name(), definition.json()));
    }

    @Override
    public TokenizerDefinition definition() {
        return definition;
    }

    @Override
    public Engine engine() {
        return Engine.REFERENCE;
    }

    @Override
    public TokenEncoder encoder() {
        Utf8Text text = new Utf8Text();
        return (utf8, offset, length, out) -> {
            long[] ids = engine.encode(text.decode(utf8, offset, length));
            int[] into = out.reserve(ids.length);
            int at = out.size();
            for (int i = 0; i < ids.length; i++) {
                into[at + i] = (int) ids[i];
            }
            out.advance(ids.length);
            return ids.length;
        };
    }

    @Override
    public String decode(int[] ids) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        return engine.decode(wide);
    }

    @Override
    public void close() {
        engine.close();
    }
}
