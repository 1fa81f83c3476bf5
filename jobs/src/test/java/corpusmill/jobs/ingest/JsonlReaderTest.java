package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.INVALID_JSON;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_UTF8;
import static corpusmill.jobs.ingest.RejectionReason.TOO_LARGE;
import static corpusmill.jobs.ingest.RejectionReason.TOO_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.jobs.flow.Ingested;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlReaderTest {

    private static final String A = "{\"id\":\"a\",\"text\":\"first\"}";
    private static final String B = "{\"id\":\"b\",\"text\":\"zweit é €\"}";

    @TempDir
    Path folder = Path.of("");

    private Path path = Path.of("");

    @BeforeEach
    void name() {
        path = folder.resolve("in.jsonl");
    }

    @BeforeProperty
    void make() throws IOException {
        path = Files.createTempFile("in", ".jsonl");
    }

    @AfterProperty
    void remove() throws IOException {
        Files.delete(path);
    }

    private Reading read(byte[] content) throws IOException {
        Files.write(path, content);
        return Reading.of(path);
    }

    private Reading read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void numbersDocumentsByTheirFirstByte() throws IOException {
        Reading reading = read(A + "\n\r\n \t\n" + B + "\r\n");
        assertThat(reading.keys()).containsExactly("a", "b");
        assertThat(reading.documents()).extracting(Reading::offset).containsExactly(0L, A.length() + 6L);
        assertThat(reading.documents()).extracting(Ingested::length).containsExactly((long) A.length(), (long)
                B.getBytes(StandardCharsets.UTF_8).length);
        assertThat(reading.documents()).extracting(Ingested::source).containsOnly(2);
    }

    @Test
    void dropsAByteOrderMarkAndStartsBehindIt() throws IOException {
        Reading reading = read("\uFEFF" + A + "\n" + B);
        assertThat(reading.keys()).containsExactly("a", "b");
        assertThat(Reading.offset(reading.documents().get(0))).isEqualTo(3);
    }

    @Test
    void refusesAByteOrderMarkInsideAFile() throws IOException {
        assertThat(read(A + "\n\uFEFF" + B).reasons()).containsExactly(INVALID_JSON);
    }

    @Test
    void refusesUtf16AsOneRecordWhateverThePartSize() throws IOException {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] content = ("\uFEFF" + (A + "\n").repeat(20)).getBytes(charset);
            Files.write(path, content);
            for (long part : new long[] {1 << 20, 7}) {
                Reading reading = Reading.of(Reading.file(path, "jsonl"), part, Reading.LIMITS);
                assertThat(reading.documents()).isEmpty();
                assertThat(reading.reasons()).containsExactly(INVALID_UTF8);
                assertThat(reading.rejected().get(0).length()).isEqualTo(content.length);
                assertThat(reading.rejected().get(0).raw()).isEqualTo(content);
            }
        }
    }

    @Test
    void costsOneRecordForOneBadRecord() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (String hex : List.of("C0AF", "EDA080", "E9", "F4908080")) {
            content.writeBytes("{\"text\":\"x".getBytes(StandardCharsets.UTF_8));
            content.writeBytes(HexFormat.of().parseHex(hex));
            content.writeBytes(("\"}\n" + A + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Reading reading = read(content.toByteArray());
        assertThat(reading.keys()).containsExactly("a", "a", "a", "a");
        assertThat(reading.reasons()).containsExactly(INVALID_UTF8, INVALID_UTF8, INVALID_UTF8, INVALID_UTF8);
    }

    @Test
    void keepsOffsetLengthHashAndBytesOfARejectedRecord() throws Exception {
        String bad = "{\"text\":\"nö}";
        Reading reading = read(A + "\n" + bad + "\r\n" + B + "\n");
        assertThat(reading.keys()).containsExactly("a", "b");
        Ingested rejected = reading.rejected().get(0);
        byte[] bytes = bad.getBytes(StandardCharsets.UTF_8);
        assertThat(Reading.offset(rejected)).isEqualTo(A.length() + 1);
        assertThat(rejected.length()).isEqualTo(bytes.length);
        assertThat(rejected.raw()).isEqualTo(bytes);
        assertThat(rejected.sha256()).isEqualTo(sha256(bytes));
        assertThat(rejected.text()).isNull();
    }

    @Test
    void keepsLineSeparatorsThatAreNoNewlines() throws IOException {
        Reading reading = read("{\"text\":\"a\u2028b\u0085c\u2029d\"}\n");
        assertThat(reading.texts()).containsExactly("a\u2028b\u0085c\u2029d");
    }

    @Test
    void countsCharactersAsCodePoints() throws IOException {
        Files.writeString(
                path,
                "{\"text\":\"😀😀\"}\n{\"text\":\"😀😀😀\"}\n{\"text\":\"abc\"}\n{\"text\":\"ab\"}\n{\"text\":\"\"}");
        Reading reading = Reading.of(Reading.file(path, "jsonl"), 1 << 20, new RecordLimits(1000, 3));
        assertThat(reading.texts()).containsExactly("😀😀😀", "abc");
        assertThat(reading.reasons()).containsOnly(TOO_SHORT).hasSize(3);
        assertThat(Reading.of(Reading.file(path, "jsonl"), 1 << 20, new RecordLimits(1000, 0))
                        .texts())
                .hasSize(5);
    }

    @Test
    void passesOverLinesThatAreTooLong() throws Exception {
        for (int length : new int[] {101, 102, 103, 5_000, 262_144, 300_000, 1_048_576, 1_048_577, 3_000_000}) {
            String prefix = "{\"text\":\"";
            String longLine = prefix + "x".repeat(length - prefix.length() - 2) + "\"}";
            for (String end : List.of("\n", "\r\n")) {
                Files.writeString(path, A + "\n" + longLine + end + B + "\n" + longLine);
                Reading reading = Reading.of(Reading.file(path, "jsonl"), Long.MAX_VALUE, new RecordLimits(100, 1));
                assertThat(reading.keys()).containsExactly("a", "b");
                assertThat(reading.reasons()).containsExactly(TOO_LARGE, TOO_LARGE);
                for (Ingested rejected : reading.rejected()) {
                    byte[] bytes = longLine.getBytes(StandardCharsets.UTF_8);
                    assertThat(rejected.length()).isEqualTo(length);
                    assertThat(rejected.sha256()).isEqualTo(sha256(bytes));
                    assertThat(rejected.raw()).isEqualTo(length <= Evidence.KEPT_BYTES ? bytes : null);
                }
            }
            Reading reading = Reading.of(Reading.file(path, "jsonl"), Long.MAX_VALUE, new RecordLimits(length, 1));
            assertThat(reading.documents()).hasSize(4);
        }
    }

    @Test
    void readsTheSameTextAgainAtOffsetAndLength() throws IOException {
        Path corpus = SharedData.corpora().resolve("edge/crlf.jsonl");
        byte[] content = Files.readAllBytes(corpus);
        for (Ingested row : Reading.of(corpus).documents()) {
            int offset = (int) Reading.offset(row);
            byte[] record = Arrays.copyOfRange(content, offset, offset + (int) row.length());
            assertThat(new ObjectMapper().readTree(record).get("text").textValue())
                    .isEqualTo(row.text());
            assertThat(new ObjectMapper().readTree(record).get("id").textValue())
                    .isEqualTo(row.key());
        }
    }

    @Property(tries = 500)
    void givesTheSameRowsForPartsOfAnySize(
            @ForAll("contents") byte[] content, @ForAll @IntRange(min = 1, max = 90) int part) throws IOException {
        Files.write(path, content);
        for (RecordLimits limits : List.of(Reading.LIMITS, new RecordLimits(25, 1))) {
            Reading whole = Reading.of(Reading.file(path, "jsonl"), Long.MAX_VALUE, limits);
            Reading cut = Reading.of(Reading.file(path, "jsonl"), part, limits);
            assertThat(cut.documents()).isEqualTo(whole.documents());
            assertThat(cut.rejected()).usingRecursiveComparison().isEqualTo(whole.rejected());
            assertThat(cut.records()).isEqualTo(whole.records());
        }
    }

    @Provide
    Arbitrary<byte[]> contents() {
        Arbitrary<String> line = Arbitraries.of(
                A, B, "", "\r", " ", "bad", "{\"text\":\"\"}", "[]", "{\"text\":\"" + "long".repeat(40) + "\"}");
        Arbitrary<String> mark = Arbitraries.of("", "", "\uFEFF");
        Arbitrary<String> end = Arbitraries.of("", "\n", "\r\n", "\r");
        return line.list()
                .ofMaxSize(8)
                .flatMap(lines -> mark.flatMap(first ->
                        end.map(last -> (first + String.join("\n", lines) + last).getBytes(StandardCharsets.UTF_8))));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
