package corpusmill.tokenizer.fast;

import corpusmill.tokenizer.AddedToken;
import corpusmill.tokenizer.FeatureNotCoveredException;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.reference.ReferenceTokenizer;
import corpusmill.tokenizer.special.SpecialTokenMatcher;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs BPE definitions in Java. For any number of threads: the model is shared and immutable; each thread that encodes has
 * a state of about 5 MB, given up when memory is short.
 *
 * <p>The reference engine is opened when first needed: to decode, and for single texts with characters that only later
 * versions of Unicode normalise, or with an added token with flags that only it knows.
 */
public final class FastTokenizer implements Tokenizer {
    private final TokenizerDefinition definition;
    private final SpecialTokens policy;
    private final FastModel model;
    private final SpecialTokenMatcher specials;
    /** Of this tokenizer, not static: a state belongs to a model, and goes with it. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable SoftReference<ThreadState>> states = new ThreadLocal<>();

    private @Nullable ReferenceTokenizer reference;
    private @Nullable String proof;
    private volatile boolean closed;

    private FastTokenizer(TokenizerDefinition definition, SpecialTokens policy, FastModel model) {
        this.definition = definition;
        this.policy = policy;
        this.model = model;
        this.specials = new SpecialTokenMatcher(definition.addedTokens().stream()
                .filter(AddedToken::special)
                .map(AddedToken::content)
                .collect(Collectors.toList()));
    }

    /**
     * Opens a definition; see {@link corpusmill.tokenizer.Tokenizers#open}.
     *
     * @throws FeatureNotCoveredException if a feature of the definition is not known to be covered
     */
    public static FastTokenizer open(TokenizerDefinition definition, SpecialTokens policy) {
        return new FastTokenizer(definition, policy, new FastPlanner(definition, policy).plan());
    }

    @Override
    public TokenizerDefinition definition() {
        return definition;
    }

    @Override
    public Engine engine() {
        return Engine.FAST;
    }

    @Override
    public TokenEncoder encoder() {
        return new FastEncoder(this);
    }

    @Override
    public String decode(int[] ids) {
        return reference().decode(ids);
    }

    @Override
    public Optional<String> proof() {
        return Optional.ofNullable(proof);
    }

    /** Notes the digest of the proof that it passed. */
    public FastTokenizer proven(String digest) {
        proof = digest;
        return this;
    }

    /** Whether a text is encoded here, and not handed to the reference engine. */
    public boolean covers(byte[] utf8) {
        return Utf8.check(utf8, 0, utf8.length, model.nfc()).isCovered()
                && !model.added().needReference(utf8, 0, utf8.length);
    }

    /** Which of the ways to find pieces this JVM takes, all of the same ids. */
    public static String variant() {
        return BlockClassifiers.name();
    }

    /** What text that spells a special token becomes. */
    public SpecialTokens policy() {
        return policy;
    }

    FastModel model() {
        return model;
    }

    SpecialTokenMatcher specials() {
        return specials;
    }

    /** The state of the thread that calls. */
    ThreadState state() {
        SoftReference<ThreadState> kept = states.get();
        ThreadState state = kept == null ? null : kept.get();
        if (state == null) {
            state = new ThreadState(model);
            states.set(new SoftReference<>(state));
        }
        return state;
    }

    /** The reference engine for the same definition and policy, opened at the first call; closed with this tokenizer. */
    public synchronized ReferenceTokenizer reference() {
        requireOpen();
        if (reference == null) {
            reference = ReferenceTokenizer.open(definition, policy);
        }
        return reference;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the tokenizer is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        states.remove();
        if (reference != null) {
            reference.close();
        }
    }
}
