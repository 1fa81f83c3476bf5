package corpusmill.jobs.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.HttpParser;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageHeaders;

/**
 * The text of one WARC record: an HTTP response with its transfer and content codings undone, a resource, or a
 * conversion. Either a text or a reason is there.
 *
 * @param text the page as it was served, decoded; empty where there is a reason
 * @param reason why there is no text
 */
record WebPage(String text, @Nullable RejectionReason reason) {

    private static final Set<String> PAGES =
            Set.of("text/html", "application/xhtml+xml", "text/plain", "text/markdown");
    private static final int OK = 200;

    private static WebPage no(RejectionReason reason) {
        return new WebPage("", reason);
    }

    /**
     * The text of a record's block.
     *
     * @param type the record's type: response, resource or conversion
     * @param headers of the record
     * @param maxBytes longest payload that is decoded
     */
    static WebPage of(String type, MessageHeaders headers, byte[] block, int maxBytes) {
        String media = headers.first("Content-Type").orElse("");
        try {
            if (type.equals("response")) {
                boolean http = media.toLowerCase(Locale.ROOT).startsWith("application/http");
                return http ? response(block, maxBytes) : no(RejectionReason.NOT_A_PAGE);
            }
            return isPage(media) ? text(block, label(media)) : no(RejectionReason.NOT_A_PAGE);
        } catch (DamagedInputException e) {
            return no(e.reason() == RejectionReason.RATIO_TOO_HIGH ? e.reason() : RejectionReason.TRUNCATED_RECORD);
        } catch (IOException | RuntimeException e) { // the parser of HTTP reports what it cannot read by several kinds
            return no(RejectionReason.INVALID_RECORD);
        }
    }

    private static WebPage response(byte[] block, int maxBytes) throws IOException {
        HttpParser http = new HttpParser();
        http.lenientResponse();
        ByteBuffer rest = ByteBuffer.wrap(block);
        http.parse(rest);
        if (!http.isFinished() || http.isError()) {
            return no(RejectionReason.INVALID_RECORD);
        }
        String media = http.headers().first("Content-Type").orElse("");
        if (http.status() != OK || !isPage(media)) {
            return no(RejectionReason.NOT_A_PAGE);
        }
        byte @Nullable [] payload = transferred(http.headers(), rest);
        if (payload == null) {
            return no(RejectionReason.TRUNCATED_RECORD);
        }
        String coding =
                http.headers().first("Content-Encoding").orElse("identity").strip();
        try (InputStream decoded = decoded(coding.toLowerCase(Locale.ROOT), payload)) {
            byte[] page = decoded.readNBytes(maxBytes + 1);
            return page.length > maxBytes ? no(RejectionReason.TOO_LARGE) : text(page, label(media));
        } catch (UnsupportedOperationException e) {
            return no(RejectionReason.UNSUPPORTED_COMPRESSION);
        }
    }

    // Null if the message ends before its chunks do. A body that only claims to be in chunks is taken as it is.
    private static byte @Nullable [] transferred(MessageHeaders headers, ByteBuffer rest) {
        boolean chunked = headers.first("Transfer-Encoding")
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent();
        int size = chunked ? chunkSize(rest) : -1;
        if (size < 0) {
            return next(rest, rest.remaining());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (size > 0) {
            if (size > rest.remaining()) {
                return null;
            }
            body.writeBytes(next(rest, size));
            skipLineEnd(rest);
            size = chunkSize(rest);
        }
        return size < 0 ? null : body.toByteArray();
    }

    private static byte[] next(ByteBuffer rest, int count) {
        byte[] bytes = new byte[count];
        rest.get(bytes);
        return bytes;
    }

    // The number on the chunk's line by RFC 9112, 7.1; -1 and nothing taken if there is none.
    private static int chunkSize(ByteBuffer rest) {
        int start = rest.position();
        long size = 0;
        int digits = 0;
        while (rest.hasRemaining()) {
            int digit = Character.digit(rest.get(rest.position()), 16);
            if (digit < 0 || digits == 8) {
                break;
            }
            size = size << 4 | digit;
            digits++;
            rest.get();
        }
        while (digits > 0 && rest.hasRemaining()) {
            if (rest.get() == '\n') {
                return (int) Math.min(size, Integer.MAX_VALUE);
            }
        }
        rest.position(start);
        return -1;
    }

    private static void skipLineEnd(ByteBuffer rest) {
        if (rest.hasRemaining() && rest.get(rest.position()) == '\r') {
            rest.get();
        }
        if (rest.hasRemaining() && rest.get(rest.position()) == '\n') {
            rest.get();
        }
    }

    // Crawlers store many bodies decoded and leave the header: the first bytes decide.
    private static InputStream decoded(String coding, byte[] payload) throws IOException {
        InputStream plain = new ByteArrayInputStream(payload);
        InputWindow head = new InputWindow(new ByteArrayInputStream(payload));
        if (coding.contains("gzip") && GzipStream.starts(head)) {
            return new GzipStream(plain, DecodedStream.RATIO_FLOOR_BYTES);
        }
        if (coding.equals("zstd") && ZstdStream.starts(head)) {
            return new ZstdStream(plain, DecodedStream.RATIO_FLOOR_BYTES);
        }
        boolean zlib = payload.length > 1 && payload[0] == 0x78 && ((payload[0] << 8) + (payload[1] & 0xFF)) % 31 == 0;
        if (coding.equals("deflate") && zlib) {
            return new InflaterInputStream(plain);
        }
        if ((coding.equals("br") || coding.equals("compress")) && !Utf8.valid(payload, 0, payload.length)) {
            throw new UnsupportedOperationException(coding);
        }
        return plain;
    }

    private static WebPage text(byte[] page, @Nullable String label) {
        String text = PageCharset.decode(page, label);
        return text == null ? no(RejectionReason.UNKNOWN_CHARSET) : new WebPage(text, null);
    }

    // A page of no stated type is one: what it holds is told by its charset.
    private static boolean isPage(String media) {
        int end = media.indexOf(';');
        String base = (end < 0 ? media : media.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return base.isEmpty() || PAGES.contains(base);
    }

    private static @Nullable String label(String media) {
        Optional<String> label = Optional.ofNullable(MediaType.parseLeniently(media.toLowerCase(Locale.ROOT))
                .parameters()
                .get("charset"));
        return label.map(text -> text.replace("\"", "")).orElse(null);
    }
}
