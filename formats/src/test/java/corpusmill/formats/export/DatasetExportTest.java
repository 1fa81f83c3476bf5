package corpusmill.formats.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.ConfigException;
import corpusmill.formats.SampleDataset;
import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.shard.PackedSequence;
import corpusmill.formats.storage.Storages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads exports by hand; the Python tests ask the libraries they are for. */
class DatasetExportTest {

    private static final int WIDTH = 2;

    private final Path directory;

    DatasetExportTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private SampleDataset dataset;
    private Path out;

    @BeforeEach
    void publish() {
        dataset =
                SampleDataset.publish(Storages.uri(directory.resolve("dataset").toString()));
        out = directory.resolve("out");
    }

    private DatasetExport.Result export(ExportFormat format) {
        URI place = Storages.uri(out.toString());
        Dataset opened = Dataset.open(Storages.uri(directory.resolve("dataset").toString()));
        return DatasetExport.run(opened, format, Storages.open(place), place);
    }

    @Test
    void writesMdsSamplesThatAreTheRows() throws Exception {
        DatasetExport.Result result = export(ExportFormat.MDS);
        assertThat(result.rows()).isEqualTo(24);
        assertThat(result.files()).isEqualTo(4);
        JsonNode shard = new ObjectMapper()
                .readTree(out.resolve("train/index.json").toFile())
                .at("/shards/0");
        assertThat(shard.get("column_encodings").get(0).asText()).isEqualTo("ndarray:uint16:16");
        assertThat(shard.get("column_sizes").get(0).asInt()).isEqualTo(32);
        byte[] bytes = Files.readAllBytes(
                out.resolve("train").resolve(shard.at("/raw_data/basename").asText()));
        assertThat(shard.at("/raw_data/bytes").asInt()).isEqualTo(bytes.length);
        assertThat(shard.at("/raw_data/hashes/sha1").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(bytes)));
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<PackedSequence> rows = dataset.rows("train");
        assertThat(numbers.getInt(0))
                .isEqualTo(rows.size())
                .isEqualTo(shard.get("samples").asInt());
        for (int row = 0; row < rows.size(); row++) {
            byte[] sample = Arrays.copyOfRange(bytes, numbers.getInt(4 + 4 * row), numbers.getInt(8 + 4 * row));
            assertThat(sample).isEqualTo(rows.get(row).tokens());
        }
        assertThat(numbers.getInt(4 + 4 * rows.size())).isEqualTo(bytes.length);
    }

    @Test
    void writesTokensAndEndsForDatatroveWithoutPadding() throws IOException {
        export(ExportFormat.DATATROVE);
        List<PackedSequence> rows = dataset.rows("train").subList(8, 16);
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        List<Long> ends = new ArrayList<>();
        for (PackedSequence row : rows) {
            long before = tokens.size() / WIDTH;
            tokens.write(row.tokens(), 0, row.valid() * WIDTH);
            Arrays.stream(row.ends()).filter(end -> end <= row.valid()).forEach(end -> ends.add(before + end));
        }
        assertThat(Files.readAllBytes(out.resolve("train/00001_tokens.ds"))).isEqualTo(tokens.toByteArray());
        ByteBuffer index = ByteBuffer.wrap(Files.readAllBytes(out.resolve("train/00001_tokens.ds.index")))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (long end : ends) {
            assertThat(index.getLong()).isEqualTo(end);
        }
        assertThat(index.hasRemaining()).isFalse();
        assertThat(Files.readString(out.resolve("train/00001_tokens.ds.metadata")))
                .isEqualTo("gpt2|2\n" + tokens.size() / WIDTH + "\n0.00 GT");
    }

    @Test
    void writesWholeRowsForOlmoAndWhereDocumentsLie() throws IOException {
        export(ExportFormat.OLMO);
        byte[] array = Files.readAllBytes(out.resolve("validation/part-0-00000.npy"));
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        List<PackedSequence> rows = dataset.rows("validation");
        for (int row = 0; row < rows.size(); row++) {
            tokens.write(rows.get(row).tokens());
            int from = 0;
            for (int piece = 0; piece < rows.get(row).ends().length; piece++) {
                int end = rows.get(row).ends()[piece];
                if (end <= rows.get(row).valid()) {
                    lines.add((16 * row + from) + "," + (16 * row + end) + ",validation:" + row + ":" + piece
                            + ",data/0123456789ab/validation/tokens-000000.arrow," + row);
                }
                from = end;
            }
        }
        assertThat(array).isEqualTo(tokens.toByteArray());
        try (GZIPInputStream zipped =
                new GZIPInputStream(Files.newInputStream(out.resolve("validation/part-0-00000.csv.gz")))) {
            assertThat(new String(zipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(String.join("\n", lines) + "\n");
        }
    }

    @Test
    void refusesAPlaceThatHoldsFiles() {
        export(ExportFormat.MDS);
        assertThatThrownBy(() -> export(ExportFormat.OLMO))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there are files already; give an empty directory");
    }
}
