package corpusmill.formats.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.Vectors;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShardTest {

    private final Path directory;

    ShardTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private ShardReader reader(byte[] bytes) throws IOException {
        Path file = directory.resolve("shard-" + System.nanoTime());
        Files.write(file, bytes);
        URI uri = file.toUri();
        return ShardReader.open(Storages.open(uri), uri);
    }

    @ParameterizedTest
    @CsvSource({"1,8,UINT16", "1,1,INT32", "3,7,UINT16", "257,64,INT32", "1000,128,UINT16"})
    void givesBackItsRows(int count, int length, TokenType type) throws IOException {
        List<PackedSequence> rows =
                ShardSamples.rows(7, count, length, type, type == TokenType.UINT16 ? 65536 : 200000);
        ShardReader reader = reader(ShardSamples.write(rows, type).bytes());
        assertThat(reader.layout()).isEqualTo(ShardSamples.layout(rows, type));
        for (int row = 0; row < count; row++) {
            assertThat(reader.row(row)).isEqualTo(rows.get(row));
        }
    }

    @ParameterizedTest
    @EnumSource(TokenType.class)
    void isReadByArrowsOwnStreamAndFileReaders(TokenType type) throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(11, 100, 32, type, 60000);
        byte[] bytes = ShardSamples.write(rows, type).bytes();
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader stream = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            assertThat(stream.loadNextBatch()).isTrue();
            assertRows(stream.getVectorSchemaRoot(), rows, type);
            assertThat(stream.loadNextBatch()).isFalse();
        }
        Path file = directory.resolve("shard.arrow");
        Files.write(file, bytes);
        try (RootAllocator allocator = new RootAllocator();
                SeekableByteChannel channel = Files.newByteChannel(file);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            assertThat(reader.getRecordBlocks()).hasSize(1);
            assertThat(reader.loadNextBatch()).isTrue();
            assertRows(reader.getVectorSchemaRoot(), rows, type);
        }
    }

    private static void assertRows(VectorSchemaRoot root, List<PackedSequence> rows, TokenType type) {
        assertThat(root.getRowCount()).isEqualTo(rows.size());
        FixedSizeListVector tokens = (FixedSizeListVector) root.getVector("input_ids");
        ListVector ends = (ListVector) root.getVector("doc_ends");
        for (FieldVector vector : root.getFieldVectors()) {
            assertThat(vector.getNullCount()).isZero();
            assertThat(vector.getField().isNullable()).isFalse();
        }
        for (int row = 0; row < rows.size(); row++) {
            PackedSequence expected = rows.get(row);
            List<Integer> ids = new ArrayList<>();
            tokens.getObject(row).forEach(id -> ids.add(id instanceof Character c ? (int) c : (Integer) id));
            assertThat(ids).isEqualTo(IntStream.of(expected.ids(type)).boxed().toList());
            assertThat((List<?>) ends.getObject(row))
                    .isEqualTo(IntStream.of(expected.ends()).boxed().toList());
            assertThat(((IntVector) root.getVector("first_pos")).get(row)).isEqualTo(expected.first());
            assertThat(((IntVector) root.getVector("n_valid")).get(row)).isEqualTo(expected.valid());
            assertThat((int) ((UInt2Vector) root.getVector("source")).get(row)).isEqualTo(expected.source());
        }
    }

    @Test
    void putsTokensAt4096AndEveryBufferAtAMultipleOf64() throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(3, 5, 9, TokenType.UINT16, 100);
        byte[] bytes = ShardSamples.write(rows, TokenType.UINT16).bytes();
        ByteArrayOutputStream matrix = new ByteArrayOutputStream();
        rows.forEach(row -> matrix.writeBytes(row.tokens()));
        assertThat(bytes)
                .satisfies(all -> assertThat(Arrays.copyOfRange(all, 4096, 4096 + matrix.size()))
                        .isEqualTo(matrix.toByteArray()));
        ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes)));
        MessageSerializer.readMessage(channel);
        assertThat(channel.bytesRead()).isLessThan(4096);
        Message message = MessageSerializer.readMessage(channel).getMessage();
        assertThat(channel.bytesRead()).isEqualTo(4096);
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
        int empty = 0;
        for (int index = 0; index < batch.buffersLength(); index++) {
            assertThat(batch.buffers(index).offset() % 64).isZero();
            empty += batch.buffers(index).length() == 0 ? 1 : 0;
        }
        assertThat(empty).as("validity buffers").isEqualTo(7);
        assertThat(message.bodyLength() % 64).isZero();
    }

    @ParameterizedTest
    @CsvSource({"uint16,UINT16", "int32,INT32"})
    void agreesWithTheVectorOfAnIndependentProgram(String name, TokenType type) throws IOException {
        byte[] vector = Files.readAllBytes(Vectors.path("tokens-" + name + ".arrow"));
        JsonNode columns = Vectors.json("tokens-" + name + ".json");
        ShardReader reader = reader(vector);
        List<PackedSequence> rows = new ArrayList<>();
        for (int row = 0; row < reader.layout().rows(); row++) {
            PackedSequence read = reader.row(row);
            rows.add(read);
            assertThat(read.ids(type)).isEqualTo(ints(columns.get("input_ids").get(row)));
            assertThat(read.ends()).isEqualTo(ints(columns.get("doc_ends").get(row)));
            assertThat(read.first()).isEqualTo(columns.get("first_pos").get(row).asInt());
            assertThat(read.valid()).isEqualTo(columns.get("n_valid").get(row).asInt());
            assertThat(read.source()).isEqualTo(columns.get("source").get(row).asInt());
        }
        assertThat(rows).hasSize(columns.get("source").size());
        byte[] ours = ShardSamples.write(rows, type).bytes();
        int bodyEnd = (int) (4096 + reader.layout().bodyBytes());
        assertThat(Arrays.copyOfRange(ours, 4096, bodyEnd)).isEqualTo(Arrays.copyOfRange(vector, 4096, bodyEnd));
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(index -> array.get(index).asInt())
                .toArray();
    }

    @Test
    void summarisesWhatItWrote() throws Exception {
        byte[] tokens = new byte[16];
        ShardSamples.set(tokens, 0, 513, TokenType.UINT16);
        ShardSamples.set(tokens, 1, 65535, TokenType.UINT16);
        for (int at = 2; at < 8; at++) {
            ShardSamples.set(tokens, at, 5, TokenType.UINT16);
        }
        List<PackedSequence> rows = List.of(new PackedSequence(tokens, new int[] {2, 8}, 0, 2, 0));
        ShardSamples.Written written = ShardSamples.write(rows, TokenType.UINT16);
        ShardSummary summary = written.summary();
        assertThat(summary.rows()).isEqualTo(1);
        assertThat(summary.tokens()).isEqualTo(2);
        assertThat(summary.pad()).isEqualTo(6);
        assertThat(summary.minId()).isEqualTo(5);
        assertThat(summary.maxId()).isEqualTo(65535);
        assertThat(summary.bytes())
                .isEqualTo(written.bytes().length)
                .isEqualTo(ShardSamples.layout(rows, TokenType.UINT16).bytes());
        assertThat(summary.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(written.bytes())));
        assertThat(summary.crc64nvme()).matches("[0-9a-f]{16}");
    }

    @Test
    void wastesLessThanHalfAPercent() {
        ShardLayout layout = new ShardLayout(4096, TokenType.UINT16, 32768, 6 * 32768);
        assertThat((double) layout.bytes() / layout.tokenBytes()).isLessThan(1.005);
    }

    @Test
    void refusesRowsThatBreakARule() throws IOException {
        ShardWriter writer = new ShardWriter(new ByteArrayOutputStream(), new ShardLayout(4, TokenType.INT32, 9, 20));
        byte[] tokens = new byte[16];
        assertRefused(
                writer,
                new PackedSequence(new byte[15], new int[] {4}, 0, 4, 0),
                "row 0 cannot be written: tokens must have 16 bytes but have 15");
        assertRefused(
                writer,
                new PackedSequence(tokens, new int[] {4}, 0, 4, 65536),
                "source must be in [0, 65535] but is 65536");
        assertRefused(writer, new PackedSequence(tokens, new int[] {4}, 0, 5, 0), "n_valid must be in [0, 4] but is 5");
        assertRefused(writer, new PackedSequence(tokens, new int[] {4}, -1, 4, 0), "first_pos must be at least 0");
        assertRefused(
                writer,
                new PackedSequence(tokens, new int[] {2, 2, 4}, 0, 4, 0),
                "doc_ends must ascend from 1 but 2 follows 2");
        assertRefused(writer, new PackedSequence(tokens, new int[] {0, 4}, 0, 4, 0), "but 0 follows 0");
        assertRefused(writer, new PackedSequence(tokens, new int[] {3}, 0, 3, 0), "the last of doc_ends must be 4");
        assertRefused(writer, new PackedSequence(tokens, new int[] {}, 0, 4, 0), "must be 4 but is 0");
        assertRefused(
                writer,
                new PackedSequence(tokens, new int[] {2, 4}, 0, 3, 0),
                "padding must be a segment of its own, from n_valid 3, but the last segment starts at 2");
        byte[] negative = new byte[16];
        ShardSamples.set(negative, 1, -2, TokenType.INT32);
        assertRefused(writer, new PackedSequence(negative, new int[] {4}, 0, 4, 0), "it holds the negative id -2");
    }

    private static void assertRefused(ShardWriter writer, PackedSequence row, String message) {
        assertThatThrownBy(() -> writer.write(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesOtherCountsThanItsLayout() throws IOException {
        PackedSequence row = new PackedSequence(new byte[8], new int[] {4}, 0, 4, 0);
        ShardWriter writer = new ShardWriter(new ByteArrayOutputStream(), new ShardLayout(4, TokenType.UINT16, 2, 2));
        writer.write(row);
        assertThatThrownBy(writer::finish).hasMessage("a shard of 2 rows with 2 document ends got 1 rows with 1");
        assertThatThrownBy(() -> writer.write(new PackedSequence(new byte[8], new int[] {2, 4}, 0, 4, 0)))
                .hasMessageContaining("has no place for row 1 with 2 ends after 1");
        writer.write(row);
        assertThatThrownBy(() -> writer.write(row)).hasMessageContaining("has no place for row 2");
        writer.finish();
        assertThatThrownBy(writer::finish).hasMessage("the shard is already finished");
    }

    @Test
    void refusesALayoutThatCannotBe() {
        assertThatThrownBy(() -> new ShardLayout(0, TokenType.INT32, 1, 1)).hasMessageContaining("must be positive");
        assertThatThrownBy(() -> new ShardLayout(4096, TokenType.INT32, 524288, 524288))
                .hasMessageContaining("rows must be in [1, 524287]")
                .hasMessageContaining("use smaller shards");
        assertThatThrownBy(() -> new ShardLayout(8, TokenType.INT32, 4, 3))
                .hasMessageContaining("but were 3 for 4 rows");
        assertThatThrownBy(() -> new ShardLayout(2, TokenType.INT32, 4, 9)).hasMessageContaining("[rows, 8]");
    }

    @Test
    void knowsTheSmallestTypeOfAVocabulary() {
        assertThat(TokenType.forVocabulary(1)).isEqualTo(TokenType.UINT16);
        assertThat(TokenType.forVocabulary(65536)).isEqualTo(TokenType.UINT16);
        assertThat(TokenType.forVocabulary(65537)).isEqualTo(TokenType.INT32);
        assertThatThrownBy(() -> TokenType.forVocabulary(0)).hasMessageContaining("at least 1 id but has 0");
        assertThat(TokenType.ofDtype("int32")).isEqualTo(TokenType.INT32);
        assertThatThrownBy(() -> TokenType.ofDtype("uint32"))
                .hasMessage("token_dtype must be uint16 or int32 but was 'uint32'");
    }

    @Test
    void tellsFourKindsOfDamageApart() throws IOException {
        List<PackedSequence> rows = ShardSamples.rows(5, 20, 16, TokenType.UINT16, 100);
        byte[] bytes = ShardSamples.write(rows, TokenType.UINT16).bytes();
        assertDamage(
                "PAR1 and more of a file that is something else".getBytes(StandardCharsets.US_ASCII),
                "is not a shard: it does not start with an Arrow message");
        assertDamage(replaced(bytes, "n_valid", "n_wrong"), "is not a shard: its columns are those of something else");
        assertDamage(newer(bytes), "is too new: it is of shard format 2 and this program reads shard format 1");
        assertDamage(new byte[0], "is truncated: it has 0 bytes but its header has 4096 bytes");
        assertDamage(Arrays.copyOf(bytes, 4000), "is truncated: it has 4000 bytes");
        assertDamage(Arrays.copyOf(bytes, 4200), "is truncated: it has 4200 bytes but its rows and footer need");
        assertDamage(Arrays.copyOf(bytes, bytes.length - 1), "is truncated: it has " + (bytes.length - 1));
        assertDamage(Arrays.copyOf(bytes, bytes.length + 100), "is corrupt: it does not end with ARROW1");
        assertDamage(Arrays.copyOf(bytes, bytes.length + 100_000), "is corrupt: it has");
        byte[] flipped = bytes.clone();
        flipped[bytes.length - 8] ^= 64;
        assertDamage(flipped, "is corrupt: the end of its stream or the length of its footer is wrong");
    }

    private void assertDamage(byte[] bytes, String message) {
        assertThatThrownBy(() -> reader(bytes))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("the shard file:///")
                .hasMessageContaining(message)
                .hasMessageContaining("run verify, and fetch the file again");
    }

    private static byte[] newer(byte[] bytes) {
        byte[] copy = bytes.clone();
        // The string "1" of the metadata: its length, the digit, the end.
        for (int at = 0; at < 4096; at++) {
            if (copy[at] == 1 && copy[at + 1] == 0 && copy[at + 2] == 0 && copy[at + 3] == 0 && copy[at + 4] == '1') {
                copy[at + 4] = '2';
            }
        }
        return copy;
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replaceFirst(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void survivesEveryFlippedByteOfHeaderAndFooter() throws IOException {
        byte[] bytes = ShardSamples.write(ShardSamples.rows(5, 3, 4, TokenType.UINT16, 100), TokenType.UINT16)
                .bytes();
        Storage storage = Storages.open(directory.toUri());
        Path file = directory.resolve("flipped");
        int bodyEnd = bytes.length - 1200;
        for (int at = 0; at < bytes.length; at = at == 1600 ? bodyEnd : at + 1) {
            for (int mask : new int[] {1, 0x80, 0xff}) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) mask;
                Files.write(file, flipped);
                try {
                    ShardReader reader = ShardReader.open(storage, file.toUri());
                    for (int row = 0; row < reader.layout().rows(); row++) {
                        reader.row(row);
                    }
                } catch (DamagedDatasetException e) {
                    assertThat(e).hasMessageContaining("flipped");
                }
            }
        }
    }

    @Test
    void saysThatAShardIsMissing() {
        URI uri = directory.resolve("gone").toUri();
        assertThatThrownBy(() -> ShardReader.open(Storages.open(uri), uri))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("gone is missing; run verify, and fetch the dataset again");
    }

    @Test
    void saysWhichRowIsCorrupt() throws IOException {
        List<PackedSequence> rows = List.of(
                new PackedSequence(new byte[8], new int[] {4}, 0, 4, 0),
                new PackedSequence(new byte[8], new int[] {1, 4}, 0, 4, 0));
        ShardLayout layout = ShardSamples.layout(rows, TokenType.UINT16);
        byte[] bytes = ShardSamples.write(rows, TokenType.UINT16).bytes();
        bytes[(int) (4096 + layout.endsOffset() + 4)] = 9;
        ShardReader reader = reader(bytes);
        assertThat(reader.row(0)).isEqualTo(rows.get(0));
        assertThatThrownBy(() -> reader.row(1))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("is corrupt in row 1: doc_ends must ascend from 1 but 4 follows 9");
        bytes[(int) (4096 + layout.offsetsOffset() + 4)] = 77;
        assertThatThrownBy(() -> reader(bytes).row(0))
                .hasMessageContaining("is corrupt in row 0: the offsets of doc_ends are 0 and 77 of 3");
        assertThatThrownBy(() -> reader.row(2)).hasMessageContaining("rows must be in [0, 2) but were 2 to 3");
    }
}
