package corpusmill.tokenizer.proof;

import corpusmill.tokenizer.EngineMismatchException;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerException;
import corpusmill.tokenizer.fast.FastTokenizer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fast engine beside the reference engine on texts of a user's own. Not thread-safe. The reference engine is loaded
 * with the first text: about a second, once for a tokenizer.
 */
public final class TextProof {
    /** Bytes of a text that are compared: its beginning. */
    public static final int LONGEST = 2_048;

    private final String name;
    private final TokenEncoder ours;
    private final Supplier<TokenEncoder> reference;
    private @Nullable TokenEncoder theirs;

    TextProof(String name, TokenEncoder ours, Supplier<TokenEncoder> reference) {
        this.name = name;
        this.ours = ours;
        this.reference = reference;
    }

    /** A proof of a tokenizer; none of the reference engine, with which there is nothing to compare. */
    public static Optional<TextProof> of(Tokenizer tokenizer) {
        return tokenizer instanceof FastTokenizer fast
                ? Optional.of(new TextProof(
                        fast.definition().name(),
                        fast.encoder(),
                        () -> fast.reference().encoder()))
                : Optional.empty();
    }

    /**
     * Compares the ids of a text's beginning.
     *
     * @param utf8 valid UTF-8
     * @throws EngineMismatchException where they differ, with the place and the SHA-256 of the smallest part found whose
     *     ids do; not with the part itself, which may be anybody's
     */
    public void require(byte[] utf8) {
        int end = Math.min(LONGEST, utf8.length);
        while (end > 0 && end < utf8.length && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        if (!differs(utf8, 0, end)) {
            return;
        }
        int from = 0;
        for (int size = end / 2; size > 0; size /= 2) {
            for (int cut = behind(utf8, from + size, end); cut < end && differs(utf8, cut, end); ) {
                from = cut;
                cut = behind(utf8, from + size, end);
            }
            for (int cut = behind(utf8, end - size, end); cut > from && cut < end && differs(utf8, from, cut); ) {
                end = cut;
                cut = behind(utf8, end - size, end);
            }
        }
        throw new EngineMismatchException(
                name,
                "it gives other ids for the " + (end - from) + " bytes from offset " + from
                        + " of the text on, whose SHA-256 is " + sha256(utf8, from, end));
    }

    /** The first place from one on where a character begins. */
    private static int behind(byte[] utf8, int at, int end) {
        int place = Math.max(at, 0);
        while (place < end && (utf8[place] & 0xc0) == 0x80) {
            place++;
        }
        return place;
    }

    private boolean differs(byte[] utf8, int from, int end) {
        if (theirs == null) {
            theirs = reference.get();
        }
        return !Arrays.equals(ids(ours, utf8, from, end), ids(theirs, utf8, from, end));
    }

    /** Null where the engine refuses the text. */
    private static int @Nullable [] ids(TokenEncoder encoder, byte[] utf8, int from, int end) {
        TokenBuffer out = new TokenBuffer();
        try {
            encoder.encode(utf8, from, end - from, out);
            return out.toArray();
        } catch (TokenizerException e) {
            return null;
        }
    }

    private static String sha256(byte[] utf8, int from, int end) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(utf8, from, end)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
