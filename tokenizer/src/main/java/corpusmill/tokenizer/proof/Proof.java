package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.EngineMismatchException;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.TokenizerException;
import corpusmill.tokenizer.fast.FastTokenizer;
import corpusmill.tokenizer.reference.ReferenceTokenizer;
import corpusmill.tokenizer.unicode.Unicode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The proof at load: the fast engine must give the reference engine's ids on a few megabytes of hostile text, every class
 * boundary of Unicode, every token and seeded random texts, before it may be used.
 *
 * <p>Once in a JVM for each definition and way to treat special tokens, and once for each folder of verdicts, where one is
 * set: a verdict is a file that names them and the engine's version and holds a digest of ids, which every JVM computes
 * again and compares. For any number of threads.
 */
public final class Proof {
    /** Changes whenever the fast engine or the texts of the proof do. */
    static final String VERSION = "3-unicode" + Unicode.VERSION;

    private static final Map<String, Verdict> VERDICTS = new ConcurrentHashMap<>();

    private Proof() {}

    /**
     * Proves a tokenizer, unless that is done already.
     *
     * @return the digest
     * @throws EngineMismatchException with the smallest text found whose ids differ
     * @throws TokenizerException if the reference engine refuses the definition or the policy
     */
    public static String require(FastTokenizer fast) {
        TokenizerDefinition definition = fast.definition();
        SpecialTokens policy = fast.policy() == SpecialTokens.ORDINARY ? SpecialTokens.ORDINARY : SpecialTokens.CONTROL;
        String key = definition.fingerprint() + "-" + policy + "-" + VERSION;
        Verdict verdict = VERDICTS.computeIfAbsent(key, name -> {
            // A rejected text would prove nothing, so REJECT is proven as CONTROL, whose model it shares.
            FastTokenizer proven = fast.policy() == policy ? fast : FastTokenizer.open(definition, policy);
            String digest = digest(proven);
            String file = file(name);
            if (file != null && VerdictFolder.holds(file, digest)) {
                return new Verdict(digest, null);
            }
            String difference = difference(proven, policy);
            if (file != null && difference == null) {
                VerdictFolder.keep(file, digest);
            }
            return new Verdict(digest, difference);
        });
        String difference = verdict.difference();
        if (difference != null) {
            throw new EngineMismatchException(definition.name(), difference);
        }
        return verdict.digest();
    }

    /** The name of the verdict's file, or null where nobody could tell this build of the engines from another. */
    private static @Nullable String file(String key) {
        String build = EngineVersion.of(Proof.class);
        return build == null
                ? null
                : String.join(
                        "-",
                        key,
                        ReferenceTokenizer.version(),
                        "java" + Runtime.version().feature(),
                        FastTokenizer.variant(),
                        build);
    }

    private static @Nullable String difference(FastTokenizer fast, SpecialTokens policy) {
        try (ReferenceTokenizer reference = ReferenceTokenizer.open(fast.definition(), policy)) {
            return new Comparison(fast.encoder(), reference.encoder())
                    .difference(ProofTexts.all(fast.definition(), fast::covers));
        }
    }

    /** SHA-256 of the ids of a few kilobytes of text, in hexadecimal digits. */
    public static String digest(FastTokenizer fast) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String text : ProofTexts.probe(fast::covers)) {
                int[] ids = Comparison.ids(fast.encoder(), text);
                int[] known = ids == null ? new int[] {-1} : ids;
                ByteBuffer bytes = ByteBuffer.allocate(4 * known.length);
                bytes.asIntBuffer().put(known);
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** What a proof ended with; no difference if it was passed. */
    private record Verdict(String digest, @Nullable String difference) {}
}
