package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Web archives, against a truth file made when the archives were, and against damage made here. */
class WarcRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsEveryPageOfTheWebArchivesAsTheTruthFileHasIt() throws IOException {
        Path warc = SharedData.corpora().resolve("warc");
        Map<String, List<JsonNode>> truth = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(warc.resolve("web-dev-truth.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode page = JSON.readTree(line);
                truth.computeIfAbsent(page.get("file").asText(), file -> new ArrayList<>())
                        .add(page);
            }
        }
        assertThat(truth).hasSize(3);
        truth.forEach((name, pages) -> {
            Reading reading = Reading.of(warc.resolve(name), "warc");
            assertThat(reading.rejected()).as(name).isEmpty();
            assertThat(reading.keys())
                    .as(name)
                    .isEqualTo(
                            pages.stream().map(page -> page.get("url").asText()).toList());
            assertThat(reading.texts().stream().map(WarcRecordsTest::sha1).toList())
                    .as(name)
                    .isEqualTo(pages.stream()
                            .map(page -> page.get("html_sha1_utf8").asText())
                            .toList());
        });
    }

    @Test
    void readsTheTextOfEveryConversion() throws IOException {
        Path warc = SharedData.corpora().resolve("warc");
        int pages = 0;
        for (String name : List.of("web-dev-00000", "web-dev-00001", "web-dev-00002")) {
            Reading wet = Reading.of(warc.resolve(name + ".warc.wet.gz"), "wet");
            Reading full = Reading.of(warc.resolve(name + ".warc.gz"), "warc");
            assertThat(wet.rejected()).isEmpty();
            assertThat(wet.keys()).isEqualTo(full.keys());
            assertThat(wet.texts()).noneMatch(text -> text.contains("WARC-Type"));
            pages += wet.documents().size();
        }
        assertThat(pages).isEqualTo(430);
    }

    @Test
    void accountsForEveryFixtureOfOtherProjects() throws IOException {
        List<Path> fixtures;
        try (Stream<Path> found =
                Files.walk(SharedData.corpora().resolve("warc").resolve("fixtures"))) {
            fixtures = found.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(fixtures).hasSize(29);
        for (Path fixture : fixtures) {
            String name = fixture.getFileName().toString();
            Reading reading = Reading.of(fixture, "warc");
            if (name.matches(".*\\.arc(\\.gz)?")) { // another format, older than WARC
                assertThat(reading.documents()).as(name).isEmpty();
                assertThat(reading.rejected()).as(name).isNotEmpty();
                assertThat(reading.reasons()).as(name).contains(RejectionReason.UNREADABLE_FILE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "example.warc.gz, 1, ''",
        "example.warc, 1, ''",
        "example-trunc.warc, 0, TRUNCATED_RECORD INVALID_RECORD",
        "example-bad.warc.gz.bad, 1, NOT_A_PAGE",
    })
    void saysWhatIsWrongWithAFixture(String name, int documents, String reasons) {
        Path fixtures = SharedData.corpora().resolve("warc/fixtures/warcio");
        Reading reading = Reading.of(fixtures.resolve(name), "warc");
        assertThat(reading.documents()).hasSize(documents);
        assertThat(reading.reasons().stream().map(Enum::name).collect(Collectors.joining(" ")))
                .isEqualTo(reasons);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] response(String url, String header, byte[] body) {
        ByteArrayOutputStream http = new ByteArrayOutputStream();
        http.writeBytes(("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        http.writeBytes(body);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + url
                        + "\r\nWARC-Record-ID: <urn:uuid:" + url.hashCode()
                        + ">\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " + http.size()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        record.writeBytes(http.toByteArray());
        record.writeBytes("\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return record.toByteArray();
    }

    private static byte[] page(int number) {
        return response("http://a.example/" + number, "Content-Type: text/html; charset=utf-8", html(number));
    }

    private static byte[] html(int number) {
        return ("<html><body>page " + number + " is ünique</body></html>").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Reading read(String name, byte[]... pieces) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            bytes.writeBytes(piece);
        }
        return Reading.of(Files.write(folder.resolve(name), bytes.toByteArray()), "warc");
    }

    @Test
    void losesOneRecordToADamagedMember() throws IOException {
        byte[] damaged = gzip(page(2));
        Arrays.fill(damaged, 30, 60, (byte) 0x55);
        Reading reading = read("a.warc.gz", gzip(page(1)), damaged, gzip(page(3)));
        assertThat(reading.keys()).containsExactly("http://a.example/1", "http://a.example/3");
        assertThat(reading.reasons()).contains(RejectionReason.CORRUPT_COMPRESSION);
    }

    @Test
    void findsTheNextRecordBehindGarbageAndAWrongLength() throws IOException {
        byte[] wrong = new String(page(2), StandardCharsets.ISO_8859_1)
                .replaceFirst("Content-Length: \\d+", "Content-Length: 40")
                .getBytes(StandardCharsets.ISO_8859_1);
        Reading reading =
                read("a.warc", page(1), wrong, page(3), "trash\r\n".getBytes(StandardCharsets.UTF_8), page(4));
        assertThat(reading.keys()).contains("http://a.example/1", "http://a.example/3", "http://a.example/4");
        assertThat(reading.reasons()).contains(RejectionReason.INVALID_RECORD);
        assertThat(reading.rejected()).allSatisfy(row -> assertThat(row.raw()).isNotNull());
    }

    @Test
    void keepsWhatPrecedesTheEndOfACutFile() throws IOException {
        byte[] cut = page(3);
        Reading reading = read("a.warc", page(1), page(2), Arrays.copyOf(cut, cut.length - 20));
        assertThat(reading.documents()).hasSize(2);
        assertThat(reading.reasons()).containsExactly(RejectionReason.TRUNCATED_FILE);
        assertThat(reading.rejected().get(0).raw()).isEqualTo(Arrays.copyOf(cut, cut.length - 20));
    }

    @Test
    void rejectsARecordOfATooLargePageAndReadsOn() throws IOException {
        Path file = Files.write(
                folder.resolve("a.warc"),
                concat(page(1), response("http://a.example/2", "Content-Type: text/plain", new byte[5000]), page(3)));
        Reading reading = Reading.of(Reading.file(file, "warc"), Long.MAX_VALUE, new RecordLimits(4000, 1));
        assertThat(reading.documents()).hasSize(2);
        assertThat(reading.reasons()).containsExactly(RejectionReason.TOO_LARGE);
        assertThat(reading.rejected().get(0).length()).isGreaterThan(5000);
    }

    private static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    @Test
    void namesWhatIsNoPageWithoutKeepingIt() throws IOException {
        Reading reading = read(
                "a.warc",
                response("http://a.example/i.png", "Content-Type: image/png", new byte[] {1, 2, 3}),
                new String(page(2), StandardCharsets.ISO_8859_1)
                        .replace("HTTP/1.1 200 OK", "HTTP/1.1 404 No")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reading.documents()).isEmpty();
        assertThat(reading.reasons()).containsOnly(RejectionReason.NOT_A_PAGE).hasSize(2);
        assertThat(reading.rejected()).allSatisfy(row -> {
            assertThat(row.raw()).isNull();
            assertThat(row.sha256()).hasSize(64);
        });
        assertThat(RejectionReason.NOT_A_PAGE.isLoss()).isFalse();
    }

    @Test
    void undoesTransferAndContentCodings() throws IOException {
        byte[] body = html(9);
        byte[] zipped = gzip(body);
        byte[] chunks = concat(
                Integer.toHexString(zipped.length).getBytes(StandardCharsets.US_ASCII),
                "\r\n".getBytes(StandardCharsets.US_ASCII),
                zipped,
                "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Reading reading = read(
                "a.warc",
                response("u1", "Content-Type: text/html\r\nContent-Encoding: gzip", zipped),
                response("u2", "Content-Type: text/html\r\nContent-Encoding: gzip", body),
                response(
                        "u3",
                        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
                        chunks),
                response("u4", "Content-Type: text/html\r\nTransfer-Encoding: chunked", body),
                response("u5", "Content-Type: text/html\r\nTransfer-Encoding: chunked", Arrays.copyOf(chunks, 30)),
                response("u6", "Content-Type: text/html\r\nContent-Encoding: gzip", Arrays.copyOf(zipped, 40)));
        assertThat(reading.keys()).containsExactly("u1", "u2", "u3", "u4");
        assertThat(reading.texts()).containsOnly(new String(body, StandardCharsets.UTF_8));
        assertThat(reading.reasons())
                .containsOnly(RejectionReason.TRUNCATED_RECORD)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251, windows-1251, ''",
        "utf-8, windows-1252, windows-1252", // the header is wrong, the page is right
        "'', koi8-r, koi8-r",
        "iso-8859-1, utf-8, ''", // UTF-8 whatever the header says
        "utf-8, windows-1251, ''", // only the bytes tell
        "'', EUC-KR, ''",
        "nonsense, GB18030, ''",
        "shift_jis, Shift_JIS, ''",
    })
    void decodesByHeaderPageOrBytes(String header, String actual, String meta) throws IOException {
        Map<String, String> sentence = Map.of(
                "windows-1251", "Съешь ещё этих мягких французских булок да выпей чаю, пока он горячий. ",
                "koi8-r", "Съешь ещё этих мягких французских булок да выпей чаю. ",
                "windows-1252", "Les naïfs ægithales hâtifs pondant à Noël où il gèle – “sûrs” d’être déçus. ",
                "utf-8", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. ",
                "EUC-KR", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. ",
                "GB18030", "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
                "Shift_JIS", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。");
        String html = "<html><head>" + (meta.isEmpty() ? "" : "<meta charset=\"" + meta + "\">") + "</head>"
                + sentence.getOrDefault(actual, "").repeat(20) + "</html>";
        String type = "Content-Type: text/html" + (header.isEmpty() ? "" : "; charset=" + header);
        Reading reading = read("a.warc", response("u", type, html.getBytes(Charset.forName(actual))));
        assertThat(reading.texts()).containsExactly(html);
    }

    @Test
    void rejectsAPageThatNoCharsetDecodes() throws IOException {
        Reading reading = read(
                "a.warc",
                response("u", "Content-Type: text/html; charset=utf-8", new byte[] {'<', (byte) 0xFF, (byte) 0x81, 0}));
        assertThat(reading.documents()).isEmpty();
        assertThat(reading.reasons()).containsExactly(RejectionReason.UNKNOWN_CHARSET);
    }

    @Test
    void takesTheHeaderThatTheJobNamesAsTheKey() throws IOException {
        Path file = Files.write(folder.resolve("a.warc"), page(1));
        WarcRecords records = WarcRecords.open(
                new SourceStore(Map.of()).open(file.toUri().toString()), "WARC-Record-ID", Reading.LIMITS);
        List<String> keys = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void document(long offset, long length, byte[] text, @org.jspecify.annotations.Nullable String key) {
                keys.add(String.valueOf(key));
            }

            @Override
            public void rejected(long offset, long length, RejectionReason reason, Evidence evidence) {
                keys.add(reason.name());
            }
        };
        while (records.advance(sink)) {}
        records.close();
        assertThat(keys).containsExactly("urn:uuid:" + "http://a.example/1".hashCode());
    }
}
