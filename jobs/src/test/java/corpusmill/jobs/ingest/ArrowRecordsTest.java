package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrow files and streams as the Arrow library writes them, and what is left of damaged ones. */
class ArrowRecordsTest {

    private static final int BATCHES = 4;
    private static final int ROWS = 25;

    @TempDir
    private Path folder = Path.of("");

    private static byte[] content(boolean file, CodecType codec) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector text = new VarCharVector("text", allocator);
                BigIntVector id = new BigIntVector("id", allocator);
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(text, id));
                ArrowWriter writer = writer(file, root, bytes, codec)) {
            writer.start();
            for (int batch = 0; batch < BATCHES; batch++) {
                root.clear();
                for (int row = 0; row < ROWS; row++) {
                    int place = batch * ROWS + row;
                    if (place == 7) {
                        text.setSafe(row, new byte[] {'a', (byte) 0xFF});
                    } else if (place != 9) {
                        text.setSafe(row, text(place).getBytes(StandardCharsets.UTF_8));
                    }
                    id.setSafe(row, place);
                }
                root.setRowCount(ROWS);
                writer.writeBatch();
            }
            writer.end();
        }
        return bytes.toByteArray();
    }

    private static ArrowWriter writer(boolean file, VectorSchemaRoot root, OutputStream out, CodecType codec) {
        DictionaryProvider none = new DictionaryProvider.MapDictionaryProvider();
        if (codec == CodecType.NO_COMPRESSION) {
            return file
                    ? new ArrowFileWriter(root, none, Channels.newChannel(out))
                    : new ArrowStreamWriter(root, none, Channels.newChannel(out));
        }
        CommonsCompressionFactory factory = CommonsCompressionFactory.INSTANCE;
        return file
                ? new ArrowFileWriter(
                        root, none, Channels.newChannel(out), Collections.emptyMap(), IpcOption.DEFAULT, factory, codec)
                : new ArrowStreamWriter(root, none, Channels.newChannel(out), IpcOption.DEFAULT, factory, codec);
    }

    private static String text(int place) {
        return "zeile " + place + " für alle";
    }

    private Reading read(byte[] content) throws IOException {
        return Reading.of(Files.write(folder.resolve("a.arrow"), content), "arrow");
    }

    private static void assertComplete(Reading reading) {
        assertThat(reading.documents()).hasSize(BATCHES * ROWS - 2);
        assertThat(reading.documents())
                .allSatisfy(row -> assertThat(row.text()).isEqualTo(text((int) Reading.offset(row))))
                .allSatisfy(row -> assertThat(row.key()).isEqualTo(String.valueOf(Reading.offset(row))));
        assertThat(reading.reasons()).containsExactly(RejectionReason.INVALID_UTF8, RejectionReason.FIELD_MISSING);
    }

    @Test
    void readsFilesAndStreamsOfEveryCompression() throws IOException {
        for (boolean file : new boolean[] {true, false}) {
            for (CodecType codec : CodecType.values()) {
                assertComplete(read(content(file, codec)));
            }
        }
    }

    @Test
    void readsAFileThatIsCompressedAsAWhole() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content(true, CodecType.NO_COMPRESSION));
        }
        assertComplete(read(bytes.toByteArray()));
    }

    @Test
    void keepsTheBatchesBeforeTheEndOfACutFile() throws IOException {
        byte[] whole = content(true, CodecType.NO_COMPRESSION);
        int before = -1;
        for (int length = 0; length < whole.length; length += 97) {
            Reading reading = read(Arrays.copyOf(whole, length));
            int documents = reading.documents().size();
            assertThat(documents).isGreaterThanOrEqualTo(Math.max(0, before));
            assertThat(documents % ROWS == 0 || (documents + 2) % ROWS == 0).isTrue();
            before = documents;
            if (length > 0) {
                assertThat(reading.reasons()).as("cut at %d", length).isNotEmpty();
            }
        }
        assertThat(before).isEqualTo(BATCHES * ROWS - 2);
    }

    @Test
    void survivesAnyChangedByte() throws IOException {
        byte[] whole = content(true, CodecType.ZSTD);
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Reading reading = read(changed); // which holds the ledger to its promise
            assertThat(reading.records()).as("seed %d, round %d", seed, round).isPositive();
        }
    }

    @Test
    void readsColumnsOfLargeTextsAndNamesWhatIsMissing() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                LargeVarCharVector text = new LargeVarCharVector("text", allocator);
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(text));
                ArrowWriter writer = writer(true, root, bytes, CodecType.NO_COMPRESSION)) {
            writer.start();
            text.setSafe(0, "groß".getBytes(StandardCharsets.UTF_8));
            root.setRowCount(1);
            writer.writeBatch();
            writer.end();
        }
        Reading reading = read(bytes.toByteArray());
        assertThat(reading.texts()).containsExactly("groß");
        assertThat(reading.keys()).containsExactly("null");
        Path other = Files.write(folder.resolve("b.arrow"), "no arrow at all".getBytes(StandardCharsets.UTF_8));
        assertThat(Reading.of(other, "arrow").documents()).isEmpty();
        assertThat(Reading.of(other, "arrow").rejected()).hasSize(1);
    }
}
