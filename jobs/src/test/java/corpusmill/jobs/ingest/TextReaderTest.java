package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.INVALID_UTF8;
import static corpusmill.jobs.ingest.RejectionReason.TOO_LARGE;
import static corpusmill.jobs.ingest.RejectionReason.TOO_SHORT;
import static corpusmill.jobs.ingest.RejectionReason.TRAILING_DATA;
import static corpusmill.jobs.ingest.RejectionReason.TRUNCATED_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReaderTest {

    @TempDir
    Path folder = Path.of("");

    private Reading read(byte[] content, int maxBytes) throws IOException {
        Path path = folder.resolve("book.txt");
        Files.write(path, content);
        return Reading.of(Reading.file(path, "text"), Long.MAX_VALUE, new RecordLimits(maxBytes, 1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void takesAFileAsOneDocument() throws IOException {
        String text = "\n one\r\n\ntwo é €\u0000 ".repeat(10_000);
        for (byte[] content : new byte[][] {utf8(text), gzip(utf8(text))}) {
            Reading reading = read(content, 1 << 20);
            assertThat(reading.texts()).containsExactly(text);
            assertThat(Reading.offset(reading.documents().get(0))).isZero();
            assertThat(reading.documents().get(0).length()).isEqualTo(utf8(text).length);
            assertThat(reading.documents().get(0).key()).isNull();
        }
    }

    @Test
    void dropsAByteOrderMark() throws IOException {
        assertThat(read(utf8("\uFEFFtext"), 100).texts()).containsExactly("text");
        assertThat(read(utf8("\uFEFF"), 100).reasons()).containsExactly(TOO_SHORT);
    }

    @Test
    void findsNoDocumentInAFileOfNoBytes() throws IOException {
        assertThat(read(new byte[0], 100).records()).isZero();
        assertThat(read(gzip(new byte[0]), 100).records()).isZero();
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        assertThat(read("né".getBytes(StandardCharsets.ISO_8859_1), 100).reasons())
                .containsExactly(INVALID_UTF8);
        assertThat(read("\uFEFFno".getBytes(StandardCharsets.UTF_16LE), 100).reasons())
                .containsExactly(INVALID_UTF8);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        for (int length : new int[] {101, 70_000, 3_000_000}) {
            byte[] content = utf8("x".repeat(length));
            Reading reading = read(content, 100);
            assertThat(reading.reasons()).containsExactly(TOO_LARGE);
            assertThat(reading.rejected().get(0).length()).isEqualTo(length);
            assertThat(reading.rejected().get(0).raw()).isEqualTo(length <= Evidence.KEPT_BYTES ? content : null);
            assertThat(reading.rejected().get(0).sha256())
                    .isEqualTo(Evidence.of(content, 0, length).sha256());
            assertThat(read(content, length).texts()).hasSize(1);
        }
    }

    @Test
    void refusesTheWholeOfADamagedFile() throws IOException {
        byte[] whole = gzip(utf8("text ".repeat(1000)));
        assertThat(read(Arrays.copyOf(whole, whole.length - 3), 1 << 20).reasons())
                .containsExactly(TRUNCATED_FILE);
        assertThat(read(Arrays.copyOf(whole, whole.length - 3), 1 << 20).documents())
                .isEmpty();
    }

    @Test
    void keepsADocumentWithBytesBehindItsStream() throws IOException {
        byte[] whole = gzip(utf8("text"));
        byte[] longer = Arrays.copyOf(whole, whole.length + 3);
        longer[whole.length + 1] = 'x';
        Reading reading = read(longer, 100);
        assertThat(reading.texts()).containsExactly("text");
        assertThat(reading.reasons()).containsExactly(TRAILING_DATA);
        assertThat(Reading.offset(reading.rejected().get(0))).isEqualTo(4);
    }
}
