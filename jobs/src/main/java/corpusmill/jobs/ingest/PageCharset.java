package corpusmill.jobs.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Bytes of a page to text: by byte order mark, the server's header, the page's own meta element, and at last by the
 * bytes themselves. A charset counts only if it decodes every byte: what a wrong header says is passed over, no byte is
 * replaced. Bytes that are UTF-8 beyond ASCII are not taken for a charset of single bytes, which would decode anything.
 */
final class PageCharset {

    private static final Pattern META =
            Pattern.compile("<meta[^>]{0,200}?charset\\s*=\\s*[\"']?\\s*([A-Za-z0-9_:.-]+)", Pattern.CASE_INSENSITIVE);
    /** Where browsers look for the meta element, and as much again. */
    private static final int META_BYTES = 2048;

    /** What the label stands for on the web, where the registered charset does not hold all bytes; WHATWG Encoding, 4.2. */
    private static final Map<String, String> WIDER = Map.of(
            "euc-kr", "x-windows-949",
            "shift_jis", "windows-31j",
            "gb2312", "GB18030",
            "gbk", "GB18030",
            "big5", "Big5-HKSCS",
            "iso-8859-9", "windows-1254",
            "tis-620", "x-windows-874",
            "us-ascii", "windows-1252");

    private PageCharset() {}

    /**
     * Decodes a page.
     *
     * @param label what the server's header says; null if nothing
     * @return null if no charset decodes it
     */
    @Nullable
    static String decode(byte[] bytes, @Nullable String label) {
        String marked = marked(bytes);
        if (marked != null) {
            return marked;
        }
        boolean utf8 = Utf8.valid(bytes, 0, bytes.length);
        List<Charset> told = told(label, meta(bytes));
        if (utf8 && told.stream().noneMatch(PageCharset::ofManyBytes)) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        for (Charset charset : told) {
            String text = strictly(charset, bytes, 0);
            if (text != null) {
                return text;
            }
        }
        return utf8 ? new String(bytes, StandardCharsets.UTF_8) : detected(bytes);
    }

    private static @Nullable String marked(byte[] bytes) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return strictly(StandardCharsets.UTF_8, bytes, 3);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return strictly(StandardCharsets.UTF_16BE, bytes, 2);
        }
        return starts(bytes, 0xFF, 0xFE) ? strictly(StandardCharsets.UTF_16LE, bytes, 2) : null;
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String meta(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(META_BYTES, bytes.length), StandardCharsets.ISO_8859_1);
        Matcher matcher = META.matcher(head);
        if (!matcher.find()) {
            return null;
        }
        // A page that can be read so far is not in UTF-16, whatever it says.
        String label = matcher.group(1);
        return label.toLowerCase(Locale.ROOT).startsWith("utf-16") ? "utf-8" : label;
    }

    // The labels' charsets in their order, each followed by the wider one that the web means by it.
    private static List<Charset> told(@Nullable String... labels) {
        List<Charset> charsets = new ArrayList<>();
        for (String label : labels) {
            Charset named = label == null ? null : named(label);
            if (named == null) {
                continue;
            }
            if (named.equals(StandardCharsets.ISO_8859_1)) {
                charsets.add(Charset.forName("windows-1252"));
            }
            charsets.add(named);
            String wider = WIDER.get(named.name().toLowerCase(Locale.ROOT));
            if (wider != null && Charset.isSupported(wider)) {
                charsets.add(Charset.forName(wider));
            }
        }
        return charsets;
    }

    private static @Nullable Charset named(String label) {
        try {
            return Charset.forName(label.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean ofManyBytes(Charset charset) {
        return !charset.equals(StandardCharsets.UTF_8) && charset.newDecoder().averageCharsPerByte() < 1;
    }

    private static @Nullable String detected(byte[] bytes) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes);
        detector.dataEnd();
        String found = detector.getDetectedCharset();
        // Cyrillic of few different letters looks like the old Mac's; the web was never written in that.
        String label = "MACCYRILLIC".equals(found) ? "windows-1251" : found;
        Charset charset = label == null ? null : named(label);
        return charset == null ? null : strictly(charset, bytes, 0);
    }

    private static @Nullable String strictly(Charset charset, byte[] bytes, int from) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
