package corpusmill.jobs.ingest;

import static corpusmill.jobs.ingest.RejectionReason.CORRUPT_COMPRESSION;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_MISSING;
import static corpusmill.jobs.ingest.RejectionReason.FIELD_NOT_TEXT;
import static corpusmill.jobs.ingest.RejectionReason.INVALID_UTF8;
import static corpusmill.jobs.ingest.RejectionReason.TOO_LARGE;
import static corpusmill.jobs.ingest.RejectionReason.TOO_SHORT;
import static corpusmill.jobs.ingest.RejectionReason.TRUNCATED_FILE;
import static corpusmill.jobs.ingest.RejectionReason.UNREADABLE_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.ColumnEncryptionProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRecordsTest {

    private static final String STRINGS = "message m { optional binary text (STRING); optional binary id (STRING); }";

    @TempDir
    Path folder = Path.of("");

    private interface Rows {
        void fill(Group row, int index);
    }

    private Path write(String schema, int rows, Rows filler) throws IOException {
        return write(schema, rows, true, filler);
    }

    private Path write(String schema, int rows, boolean checksums, Rows filler) throws IOException {
        // A name that Hadoop's own paths would refuse.
        Path path = folder.resolve("a:b %41 #é.parquet");
        Files.deleteIfExists(path);
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withType(type)
                .withConf(new PlainParquetConfiguration())
                .withRowGroupSize(8192L)
                .withPageSize(1024)
                .withPageWriteChecksumEnabled(checksums)
                .withDictionaryEncoding(false)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
            for (int i = 0; i < rows; i++) {
                Group row = new SimpleGroupFactory(type).newGroup();
                filler.fill(row, i);
                writer.write(row);
            }
        }
        return path;
    }

    private static void fill(Group row, int i) {
        row.append("text", text(i));
        row.append("id", "k" + i);
    }

    private static String text(int i) {
        return HexFormat.of().formatHex(("row é " + i * 7919).getBytes(StandardCharsets.UTF_8)) + i;
    }

    private static List<BlockMetaData> blocks(Path path) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path))) {
            return reader.getRowGroups();
        }
    }

    @Test
    void numbersRowsWhateverThePartSize() throws IOException {
        Path path = write(STRINGS, 2_000, ParquetRecordsTest::fill);
        assertThat(blocks(path)).hasSizeGreaterThan(3);
        for (long part : new long[] {1000, 5_000, Long.MAX_VALUE}) {
            Reading reading = Reading.of(Reading.file(path, "parquet"), part, Reading.LIMITS);
            assertThat(reading.rejected()).isEmpty();
            assertThat(reading.documents())
                    .extracting(Reading::offset)
                    .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> (long) i).toList());
            assertThat(reading.texts())
                    .isEqualTo(IntStream.range(0, 2_000)
                            .mapToObj(ParquetRecordsTest::text)
                            .toList());
            assertThat(reading.keys().get(1_999)).isEqualTo("k1999");
        }
    }

    @Test
    void namesTheDefectsOfValues() throws IOException {
        Path path = write(STRINGS, 7, (row, i) -> {
            switch (i) {
                case 0 -> row.append("text", "good");
                case 1 -> row.append("id", "no text");
                case 2 -> row.append("text", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xC0, (byte) 0xAF}));
                case 3 -> row.append("text", "x".repeat(1001));
                case 4 -> row.append("text", "");
                case 5 -> row.append("text", "t").append("id", Binary.fromConstantByteArray(new byte[] {(byte) 0xFF}));
                default -> row.append("text", "last").append("id", "7");
            }
        });
        Reading reading = Reading.of(Reading.file(path, "parquet"), Long.MAX_VALUE, new RecordLimits(1000, 1));
        assertThat(reading.texts()).containsExactly("good", "last");
        assertThat(reading.keys()).containsExactly("null", "7");
        assertThat(reading.reasons()).containsExactly(FIELD_MISSING, INVALID_UTF8, TOO_LARGE, TOO_SHORT, INVALID_UTF8);
        assertThat(reading.rejected()).extracting(Reading::offset).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(reading.rejected().get(1).raw()).containsExactly('a', 0xC0, 0xAF);
    }

    @Test
    void takesWholeNumbersAsKeys() throws IOException {
        Path path = write(
                "message m { required int64 id; required binary text (STRING); }",
                3,
                (row, i) -> row.append("id", i - 1L).append("text", "t"));
        assertThat(Reading.of(path).keys()).containsExactly("-1", "0", "1");
        path = write(
                "message m { required double id; required binary text; }",
                1,
                (row, i) -> row.append("id", 0.5).append("text", "t"));
        assertThat(Reading.of(path).keys()).containsExactly("null");
    }

    @Test
    void rejectsEveryRowOfAFileWithoutText() throws IOException {
        Path path = write("message m { required int64 text; }", 300, (row, i) -> row.append("text", (long) i));
        assertThat(Reading.of(path).reasons()).containsOnly(FIELD_NOT_TEXT).hasSize(300);
        path = write("message m { required binary Text (STRING); }", 300, (row, i) -> row.append("Text", "t"));
        assertThat(Reading.of(path).reasons()).containsOnly(FIELD_MISSING).hasSize(300);
        path = write("message m { repeated binary text (STRING); }", 2, (row, i) -> row.append("text", "t"));
        assertThat(Reading.of(path).reasons()).containsOnly(FIELD_NOT_TEXT).hasSize(2);
        path = write(
                "message m { required group text { required binary text (STRING); } }",
                2,
                (row, i) -> row.addGroup("text").append("text", "t"));
        assertThat(Reading.of(path).reasons()).containsOnly(FIELD_NOT_TEXT).hasSize(2);
    }

    @Test
    void losesTheRowsOfADamagedRowGroupOnly() throws IOException {
        Path path = write(STRINGS, 2_000, ParquetRecordsTest::fill);
        List<BlockMetaData> blocks = blocks(path);
        byte[] content = Files.readAllBytes(path);
        int at = (int) blocks.get(1).getStartingPos();
        Arrays.fill(content, at, at + 200, (byte) 0xFF);
        Files.write(path, content);
        int first = (int) blocks.get(0).getRowCount();
        int lost = (int) blocks.get(1).getRowCount();
        Reading reading = Reading.of(path);
        assertThat(reading.reasons()).containsOnly(CORRUPT_COMPRESSION).hasSize(lost);
        assertThat(reading.rejected().get(0)).extracting(Reading::offset).isEqualTo((long) first);
        assertThat(reading.documents()).hasSize(2_000 - lost);
        assertThat(reading.documents())
                .extracting(Reading::offset)
                .contains(0L, first - 1L, (long) first + lost, 1_999L);
    }

    @Test
    void keepsTheRowsBeforeADamagedPage() throws IOException {
        Path path = write(STRINGS, 2_000, false, ParquetRecordsTest::fill);
        BlockMetaData block = blocks(path).get(0);
        byte[] content = Files.readAllBytes(path);
        int middle = (int) (block.getStartingPos() + block.getColumns().get(0).getTotalSize() * 3 / 4);
        Arrays.fill(content, middle, middle + 150, (byte) 0xFF);
        Files.write(path, content);
        Reading reading = Reading.of(path);
        assertThat(reading.reasons()).containsOnly(CORRUPT_COMPRESSION);
        assertThat(Reading.offset(reading.documents().get(0))).isZero();
        assertThat(reading.texts()).contains(text(0), text(1_999));
        assertThat(reading.records()).isEqualTo(2_000);
    }

    @Test
    void countsEveryRowOfAColumnThatIsEncrypted() throws IOException {
        Path path = folder.resolve("encrypted.parquet");
        MessageType type = MessageTypeParser.parseMessageType(STRINGS);
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        ColumnPath text = ColumnPath.get("text");
        FileEncryptionProperties encryption = FileEncryptionProperties.builder(key)
                .withPlaintextFooter()
                .withEncryptedColumns(Map.of(
                        text,
                        ColumnEncryptionProperties.builder(text).withKey(key).build()))
                .build();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withType(type)
                .withConf(new PlainParquetConfiguration())
                .withRowGroupSize(8192L)
                .withEncryption(encryption)
                .build()) {
            for (int i = 0; i < 400; i++) {
                Group row = new SimpleGroupFactory(type).newGroup();
                fill(row, i);
                writer.write(row);
            }
        }
        for (long partBytes : new long[] {Long.MAX_VALUE, 1000}) {
            Reading reading = Reading.of(Reading.file(path, "parquet"), partBytes, Reading.LIMITS);
            assertThat(reading.documents()).isEmpty();
            assertThat(reading.reasons()).hasSize(400).containsOnly(UNREADABLE_FILE);
        }
    }

    @Test
    void namesAFileThatIsNoParquetOrCutOff() throws IOException {
        Path path = write(STRINGS, 500, ParquetRecordsTest::fill);
        byte[] content = Files.readAllBytes(path);
        check(path, Arrays.copyOf(content, content.length / 2), TRUNCATED_FILE);
        check(path, new byte[0], UNREADABLE_FILE);
        check(path, "PAR1".getBytes(StandardCharsets.UTF_8), UNREADABLE_FILE);
        check(path, "no Parquet at all, but long enough".getBytes(StandardCharsets.UTF_8), UNREADABLE_FILE);
        byte[] wrongFooter = content.clone();
        Arrays.fill(wrongFooter, content.length - 100, content.length - 8, (byte) 0xFF);
        check(path, wrongFooter, UNREADABLE_FILE);
    }

    private static void check(Path path, byte[] content, RejectionReason expected) throws IOException {
        Files.write(path, content);
        SourceFile file = Reading.file(path, "parquet");
        for (long part : new long[] {Long.MAX_VALUE, 10}) {
            Reading reading = Reading.of(file, part, Reading.LIMITS);
            assertThat(reading.documents()).isEmpty();
            assertThat(reading.reasons()).containsExactly(expected);
            Ingested row = reading.rejected().get(0);
            assertThat(row.length()).isEqualTo(content.length);
            assertThat(row.raw()).isEqualTo(content);
        }
    }
}
