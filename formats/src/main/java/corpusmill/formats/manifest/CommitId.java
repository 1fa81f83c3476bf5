package corpusmill.formats.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mark of a manifest's own text: whoever changes a byte changes what it should be. */
public final class CommitId {

    private static final Pattern WRITTEN = Pattern.compile("(\"commit_id\"\\s*:\\s*\")([0-9a-f]*)\"");
    private static final int DIGEST_BYTES = 16;

    private CommitId() {}

    /**
     * What the commit id of a text must be.
     *
     * @param json the text; the commit id in it is not looked at
     * @return 32 hex digits
     */
    public static String of(byte[] json) {
        // ISO 8859-1 keeps every byte, so that a text damaged anywhere else still has the same other bytes.
        String text = new String(json, StandardCharsets.ISO_8859_1);
        Matcher matcher = WRITTEN.matcher(text);
        String bare = matcher.find() ? text.substring(0, matcher.end(1)) + text.substring(matcher.end(2)) : text;
        byte[] digest = RootHash.sha256().digest(bare.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
    }
}
