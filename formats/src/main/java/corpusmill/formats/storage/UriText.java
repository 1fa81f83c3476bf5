package corpusmill.formats.storage;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Percent signs in paths. The JDK's own encoder would change decomposed letters into composed ones: other names. */
final class UriText {

    /** Orders by the bytes of the path. */
    static final Comparator<StoredFile> BY_NAME =
            (a, b) -> Arrays.compareUnsigned(pathBytes(a.uri()), pathBytes(b.uri()));

    private static final String PLAIN = "-._~!$&'()*+,;=:@/";
    private static final String HEX = "0123456789ABCDEF";

    private UriText() {}

    /** A path as it stands in a URI: every byte of UTF-8 that is not plain becomes a percent sign and two digits. */
    static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    /** The bytes of a URI's path, percent signs resolved. */
    static byte[] pathBytes(URI uri) {
        String raw = uri.getRawPath() == null ? uri.getRawSchemeSpecificPart() : uri.getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        int at = 0;
        while (at < raw.length()) {
            if (raw.charAt(at) == '%') {
                bytes.write(Integer.parseInt(raw, at + 1, at + 3, 16));
                at += 3;
            } else {
                int point = raw.codePointAt(at);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return bytes.toByteArray();
    }
}
