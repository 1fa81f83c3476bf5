package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.CORRUPT_COMPRESSION;
import static corpusmill.jobs.ingest.RejectionReason.RATIO_TOO_HIGH;
import static corpusmill.jobs.ingest.RejectionReason.TOO_LARGE;
import static corpusmill.jobs.ingest.RejectionReason.TRAILING_DATA;
import static corpusmill.jobs.ingest.RejectionReason.TRUNCATED_FILE;
import static corpusmill.jobs.ingest.RejectionReason.UNSUPPORTED_COMPRESSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import corpusmill.jobs.flow.Ingested;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {

    private static final int DOCUMENTS = 2_000;

    @TempDir
    Path folder = Path.of("");

    /** Lines that do not compress well, so that damage can lie between them. */
    private static byte[] lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"id\":")
                    .append(i)
                    .append(",\"text\":\"")
                    .append(text(i))
                    .append("\"}\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(int i) {
        byte[] noise = new byte[60];
        new Random(i).nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(bytes, 3).setChecksum(true)) {
            zstd.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            bytes.writeBytes(piece);
        }
        return bytes.toByteArray();
    }

    private Reading read(String name, byte[] content) throws IOException {
        Path path = folder.resolve(name);
        Files.write(path, content);
        return Reading.of(path);
    }

    private static void assertPrefix(Reading reading, int atLeast, int below) {
        assertThat(reading.documents()).hasSizeBetween(atLeast, below - 1);
        for (int i = 0; i < reading.documents().size(); i++) {
            assertThat(reading.documents().get(i).text()).isEqualTo(text(i));
        }
    }

    private static void assertAll(Reading reading, int documents) {
        assertThat(reading.documents()).hasSize(documents);
        assertPrefix(reading, documents, documents + 1);
    }

    @Test
    void tellsCompressionByContentAndNotByName() throws IOException {
        byte[] content = lines(0, 50);
        for (byte[] bytes : List.of(content, gzip(content), zstd(content))) {
            for (String name : List.of("a.jsonl", "b.jsonl.gz", "c.jsonl.zst")) {
                Reading reading = read(name, bytes);
                assertAll(reading, 50);
                assertThat(reading.rejected()).isEmpty();
                Reading cut = Reading.of(Reading.file(folder.resolve(name), "jsonl"), 100, Reading.LIMITS);
                assertThat(cut.documents()).isEqualTo(reading.documents());
            }
        }
    }

    @Test
    void readsManyMembersAndPaddingBetweenAndBehind() throws IOException {
        byte[] padding = new byte[1000];
        byte[] middle = lines(0, 30);
        int cut = middle.length / 2;
        byte[] content = join(
                gzip(Arrays.copyOf(middle, cut)),
                gzip(new byte[0]),
                padding,
                gzip(Arrays.copyOfRange(middle, cut, middle.length)),
                gzip(lines(30, 60)),
                padding);
        Reading reading = read("a.jsonl.gz", content);
        assertAll(reading, 60);
        assertThat(reading.rejected()).isEmpty();
    }

    @Test
    void readsGzipHeadersWithEveryField() throws IOException {
        byte[] plain = gzip(lines(0, 5));
        byte[] header = HexFormat.of()
                .parseHex("1f8b081e000000000003" + "0300" + "616263" + "6e616d6500" + "636f6d00" + "ffff");
        Reading reading = read("a.jsonl.gz", join(header, Arrays.copyOfRange(plain, 10, plain.length)));
        assertAll(reading, 5);
        assertThat(reading.rejected()).isEmpty();
    }

    @Test
    void readsManyFramesAndSkippableOnes() throws IOException {
        byte[] skippable = HexFormat.of().parseHex("5a2a4d1805000000" + "0102030405");
        byte[] content =
                join(skippable, zstd(lines(0, 30)), skippable, zstd(new byte[0]), zstd(lines(30, 60)), skippable);
        Reading reading = read("a.jsonl.zst", content);
        assertAll(reading, 60);
        assertThat(reading.rejected()).isEmpty();
    }

    @Test
    void readsBlocksLargerThanItsBuffers() throws IOException {
        byte[] content = ("{\"text\":\"" + "x".repeat(40 << 20) + "\"}\n").getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(gzip(content), zstd(content))) {
            Reading reading = read("a.jsonl.gz", bytes);
            assertThat(reading.documents()).hasSize(1);
            assertThat(String.valueOf(reading.documents().get(0).text())).hasSize(40 << 20);
        }
    }

    @Test
    void keepsWhatPrecedesTheEndOfATruncatedFile() throws IOException {
        byte[] lines = lines(0, DOCUMENTS);
        for (byte[] whole : List.of(gzip(lines), zstd(lines))) {
            for (int cut : new int[] {
                3, 5, 9, 12, whole.length / 2, whole.length - 9, whole.length - 5, whole.length - 2, whole.length - 1
            }) {
                byte[] content = Arrays.copyOf(whole, cut);
                Reading reading = read("a.jsonl.gz", content);
                if (cut == 3 && whole[0] == 0x28) {
                    // Too short to be told from text.
                    assertThat(reading.documents()).isEmpty();
                    assertThat(reading.rejected()).hasSize(1);
                    continue;
                }
                assertPrefix(reading, cut == whole.length / 2 ? DOCUMENTS / 4 : 0, DOCUMENTS + 1);
                assertThat(reading.reasons()).as("cut at " + cut).containsExactly(TRUNCATED_FILE);
                Ingested row = reading.rejected().get(0);
                int from = (int) Reading.offset(row);
                assertThat(row.raw()).isEqualTo(Arrays.copyOfRange(lines, from, from + (int) row.length()));
                assertThat(from).isEqualTo(lines(0, reading.documents().size()).length);
            }
        }
    }

    @Test
    void keepsEveryMemberButTheDamagedOne() throws IOException {
        byte[] bad = gzip(lines(100, 200));
        bad[bad.length - 8] ^= 1;
        byte[] torn = gzip(lines(300, 400));
        Arrays.fill(torn, torn.length / 2, torn.length / 2 + 40, (byte) 0xFF);
        byte[] content = join(gzip(lines(0, 100)), bad, gzip(lines(200, 300)), torn, gzip(lines(400, 500)));
        Reading reading = read("a.jsonl.gz", content);
        assertThat(reading.reasons()).contains(CORRUPT_COMPRESSION);
        assertThat(reading.keys()).contains("0", "99", "100", "199", "200", "299", "300", "400", "499");
        assertThat(reading.keys()).doesNotContain("399");
    }

    @Test
    void keepsEveryFrameButTheDamagedOne() throws IOException {
        byte[] frame = zstd(lines(100, 5_000));
        int half = frame.length / 2;
        byte[] torn = join(Arrays.copyOf(frame, half), Arrays.copyOfRange(frame, half + 57, frame.length));
        byte[] wrong = zstd(lines(6_000, 6_100));
        wrong[wrong.length - 1] ^= 1;
        Reading reading = read(
                "a.jsonl.zst",
                join(zstd(lines(0, 100)), torn, zstd(lines(5_000, 5_100)), wrong, zstd(lines(7_000, 7_100))));
        assertThat(reading.reasons()).containsOnly(CORRUPT_COMPRESSION).hasSize(2);
        assertThat(reading.keys()).contains("0", "99", "100", "1000", "5000", "5099", "6000", "7000", "7099");
        assertThat(reading.keys()).doesNotContain("4999");
    }

    @Test
    void reportsWhatFollowsTheCompressedData() throws IOException {
        byte[] garbage = "garbage behind".getBytes(StandardCharsets.UTF_8);
        byte[] noNewline = Arrays.copyOf(lines(0, 20), lines(0, 20).length - 1);
        for (byte[] whole : List.of(gzip(noNewline), zstd(noNewline))) {
            Reading reading = read("a.jsonl.gz", join(whole, garbage));
            assertAll(reading, 20);
            assertThat(reading.reasons()).containsExactly(TRAILING_DATA);
            assertThat(reading.rejected().get(0).raw()).isEqualTo(garbage);
            assertThat(reading.rejected().get(0).length()).isEqualTo(garbage.length);
            assertThat(Reading.offset(reading.rejected().get(0))).isEqualTo(noNewline.length);
        }
    }

    @Test
    void namesWhatItDoesNotDecompress() throws IOException {
        // A frame with a window of 1 GiB and one empty block.
        byte[] wide = HexFormat.of().parseHex("28b52ffd" + "00" + "a0" + "010000");
        assertThat(read("a.jsonl.zst", join(wide, zstd(lines(0, 3)))).reasons())
                .containsExactly(UNSUPPORTED_COMPRESSION);
        assertThat(read("a.jsonl.zst", join(wide, zstd(lines(0, 3)))).documents())
                .hasSize(3);
        byte[] dictionary = HexFormat.of().parseHex("28b52ffd" + "21" + "07" + "00" + "010000");
        assertThat(read("b.jsonl.zst", dictionary).reasons()).containsExactly(UNSUPPORTED_COMPRESSION);
        byte[] method = HexFormat.of().parseHex("1f8b0700000000000003");
        assertThat(read("c.jsonl.gz", method).reasons()).containsExactly(UNSUPPORTED_COMPRESSION);
    }

    @Test
    void takesEmptyFilesForEmpty() throws IOException {
        for (byte[] content :
                List.of(new byte[0], gzip(new byte[0]), zstd(new byte[0]), "\n\n".getBytes(StandardCharsets.UTF_8))) {
            Reading reading = read("a.jsonl.gz", content);
            assertThat(reading.records()).isZero();
        }
    }

    @Test
    void passesOverALongLineInBoundedMemory() throws IOException {
        passOverALineOf(96);
    }

    @Test
    @Tag("long")
    void passesOverALineOfAGigabyteInBoundedMemory() throws IOException {
        passOverALineOf(1024);
    }

    private void passOverALineOf(int mebibytes) throws IOException {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        Path path = folder.resolve("bomb.jsonl.gz");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(path))) {
            gzip.write("{\"text\":\"".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(block);
            }
            gzip.write("\"}\n{\"text\":\"kept\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        Reading reading = Reading.of(Reading.file(path, "jsonl"), Long.MAX_VALUE, new RecordLimits(1 << 20, 1));
        assertThat(reading.texts()).containsExactly("kept");
        assertThat(reading.reasons()).containsExactly(TOO_LARGE);
        assertThat(reading.rejected().get(0).length()).isEqualTo(((long) mebibytes << 20) + 11);
        assertThat(reading.rejected().get(0).raw()).isNull();
    }

    @Test
    void stopsWhereAFileDecompressesBeyondAllMeasure() throws IOException {
        byte[] bomb = zstd(new byte[64 << 20]);
        Path path = folder.resolve("bomb.zst");
        Files.write(path, bomb);
        long read = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Decompression.open(SourceStream.local(path.toUri().toString(), path), 16 << 20)) {
            while (true) {
                read += in.read(buffer);
            }
        } catch (DamagedInputException e) {
            assertThat(e.reason()).isEqualTo(RATIO_TOO_HIGH);
            assertThat(e).hasMessageContaining("2000 times");
        }
        assertThat(read).isBetween(16L << 20, (16L << 20) + buffer.length);
    }
}
