package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.SpecialTokenInTextException;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerException;
import corpusmill.tokenizer.fast.FastTokenizer;
import corpusmill.tokenizer.reference.ReferenceTokenizer;
import corpusmill.tokenizer.unicode.Unicode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The proof at load: the fast engine must give the reference engine's ids on a few megabytes of hostile text, every class
 * boundary of Unicode, every token and seeded random texts, before it may be used.
 *
 * <p>Once in a JVM for each definition and policy, and once for each folder of verdicts, where one is set: a verdict is a
 * file that names definition, policy and engine version and holds a digest of ids, which every JVM computes again and
 * compares. About two seconds where there is no verdict, some milliseconds where there is.
 */
public final class Proof {
    /** Changes whenever the fast engine or the texts of the proof do. */
    static final String VERSION = "1-unicode" + Unicode.VERSION;

    private static final int MESSAGE_LENGTH = 200;
    private static final Map<String, String> PROVEN = new ConcurrentHashMap<>();

    private Proof() {}

    /**
     * Proves a tokenizer, unless that is done already.
     *
     * @throws TokenizerException with the smallest text found whose ids differ, or if the reference engine refuses the
     *     definition or the policy
     */
    public static void require(FastTokenizer fast) {
        String key = fast.definition().fingerprint() + "-" + fast.policy() + "-" + VERSION;
        PROVEN.computeIfAbsent(key, name -> {
            String digest = digest(fast);
            if (!Verdicts.holds(name, digest)) {
                try (ReferenceTokenizer reference = ReferenceTokenizer.open(fast.definition(), fast.policy())) {
                    compare(fast, reference);
                }
                Verdicts.keep(name, digest);
            }
            return digest;
        });
    }

    private static String digest(Tokenizer tokenizer) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            TokenEncoder encoder = tokenizer.encoder();
            for (String text : ProofTexts.probe()) {
                int[] ids = encode(encoder, text);
                ByteBuffer bytes = ByteBuffer.allocate(4 * (ids == null ? 0 : ids.length));
                bytes.asIntBuffer().put(ids == null ? new int[0] : ids);
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static void compare(Tokenizer fast, Tokenizer reference) {
        TokenEncoder ours = fast.encoder();
        TokenEncoder theirs = reference.encoder();
        for (String text : ProofTexts.all(fast.definition())) {
            if (differ(ours, theirs, text)) {
                String smallest = smallest(ours, theirs, text);
                throw new TokenizerException("Tokenizer '" + fast.definition().name()
                        + "': the fast engine is not the reference engine's equal: " + quoted(smallest) + " gives "
                        + Arrays.toString(encode(ours, smallest)) + " instead of "
                        + Arrays.toString(encode(theirs, smallest))
                        + ". Set tokenizer.engine to reference, and report the definition.");
            }
        }
        if (fast.definition().addedTokens().size() > 0 && ours.specialOccurrences() != theirs.specialOccurrences()) {
            throw new TokenizerException("Tokenizer '" + fast.definition().name()
                    + "': the fast engine counts " + ours.specialOccurrences() + " special tokens in the texts of the"
                    + " proof instead of " + theirs.specialOccurrences() + ". Set tokenizer.engine to reference.");
        }
    }

    /** Lines apart, then without every stretch that is not needed. */
    private static String smallest(TokenEncoder ours, TokenEncoder theirs, String text) {
        String found = text;
        for (int size = text.length() / 2; size > 0; size /= 2) {
            for (int at = 0; at + size <= found.length(); ) {
                String shorter = found.substring(0, at) + found.substring(at + size);
                if (isWhole(shorter) && differ(ours, theirs, shorter)) {
                    found = shorter;
                } else {
                    at += size;
                }
            }
        }
        return found;
    }

    private static boolean isWhole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
    }

    private static boolean differ(TokenEncoder ours, TokenEncoder theirs, String text) {
        return !Arrays.equals(encode(ours, text), encode(theirs, text));
    }

    /** Null where the policy rejects the text. */
    private static int @Nullable [] encode(TokenEncoder encoder, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        TokenBuffer out = new TokenBuffer();
        try {
            encoder.encode(utf8, 0, utf8.length, out);
            return out.toArray();
        } catch (SpecialTokenInTextException e) {
            return null;
        }
    }

    private static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(MESSAGE_LENGTH).forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        });
        return shown.append("'").toString();
    }
}
