package corpusmill.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.Seeds;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.shard.ShardSamples;
import corpusmill.formats.shard.TokenType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows written by pages, read by the library's reader of records, which knows nothing of how they were written. */
class ArchiveWriterTest {

    private final Path directory;

    ArchiveWriterTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "UINT16, 1, 1, true",
        "UINT16, 7, 512, true",
        "UINT16, 64, 1300, true",
        "UINT16, 33, 513, false",
        "INT32, 64, 1025, true",
        "INT32, 300, 40, false",
    })
    void rowsComeBack(TokenType type, int length, int count, boolean compressed) throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(
                Seeds.seed("ArchiveWriterTest"), count, length, type, type == TokenType.UINT16 ? 1 << 16 : 200_000);
        Path file = write(rows, type, length, compressed);
        assertThat(read(file, type)).isEqualTo(rows);
    }

    @Test
    void groupsHoldWholeRowsUpToTheirBound() throws IOException {
        List<PackedSequence> rows =
                ShardSamples.rows(Seeds.seed("ArchiveWriterTest"), 9, 1 << 20, TokenType.UINT16, 50_000);
        assertThat(groups(write(rows, TokenType.UINT16, 1 << 20, true)))
                .extracting(BlockMetaData::getRowCount)
                .containsExactly(4L, 4L, 1L);
        List<PackedSequence> shorter =
                ShardSamples.rows(Seeds.seed("ArchiveWriterTest"), 1025, 16, TokenType.UINT16, 50_000);
        assertThat(groups(write(shorter, TokenType.UINT16, 16, true)))
                .extracting(BlockMetaData::getRowCount)
                .containsExactly(512L, 512L, 1L);
    }

    @Test
    void isPlainAndZstd() throws IOException {
        List<PackedSequence> rows =
                ShardSamples.rows(Seeds.seed("ArchiveWriterTest"), 600, 32, TokenType.INT32, 200_000);
        for (BlockMetaData group : groups(write(rows, TokenType.INT32, 32, true))) {
            assertThat(group.getColumns()).hasSize(5).allSatisfy(column -> {
                assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
                assertThat(column.getEncodings()).isSubsetOf(Set.of(Encoding.PLAIN, Encoding.RLE));
            });
        }
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws IOException {
        List<PackedSequence> rows =
                ShardSamples.rows(Seeds.seed("ArchiveWriterTest"), 700, 48, TokenType.UINT16, 50_000);
        byte[] once = Files.readAllBytes(write(rows, TokenType.UINT16, 48, true));
        assertThat(Files.readAllBytes(write(rows, TokenType.UINT16, 48, true))).isEqualTo(once);
    }

    @Test
    void refusesARowOfAnotherLength() throws IOException {
        PackedSequence row = ShardSamples.rows(1, 1, 8, TokenType.UINT16, 100).get(0);
        try (ArchiveWriter writer = new ArchiveWriter(new ByteArrayOutputStream(), 9, TokenType.UINT16, true)) {
            assertThatThrownBy(() -> writer.write(row))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a row must have 18 bytes of ids but has 16");
        }
    }

    private Path write(List<PackedSequence> rows, TokenType type, int length, boolean compressed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveWriter writer = new ArchiveWriter(out, length, type, compressed)) {
            for (PackedSequence row : rows) {
                writer.write(row);
            }
        }
        return Files.write(directory.resolve("rows.parquet"), out.toByteArray());
    }

    private static List<BlockMetaData> groups(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFooter().getBlocks();
        }
    }

    private static List<PackedSequence> read(Path file, TokenType type) throws IOException {
        List<PackedSequence> rows = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = columns.getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    rows.add(sequence(records.read(), type));
                }
            }
        }
        return rows;
    }

    private static PackedSequence sequence(Group row, TokenType type) {
        int[] ids = list(row.getGroup("input_ids", 0));
        byte[] tokens = new byte[ids.length * type.bytes()];
        IntStream.range(0, ids.length).forEach(at -> ShardSamples.set(tokens, at, ids[at], type));
        return new PackedSequence(
                tokens,
                list(row.getGroup("doc_ends", 0)),
                row.getInteger("first_pos", 0),
                row.getInteger("n_valid", 0),
                row.getInteger("source", 0));
    }

    private static int[] list(Group list) {
        return IntStream.range(0, list.getFieldRepetitionCount("list"))
                .map(at -> list.getGroup("list", at).getInteger("element", 0))
                .toArray();
    }
}
