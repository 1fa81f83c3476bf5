package corpusmill.formats.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private final Path directory;

    TableTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static Object value(ColumnType type, Random random) {
        return switch (type) {
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case DOUBLE -> random.nextDouble();
            case BINARY -> {
                byte[] bytes = new byte[8 * random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case STRING -> random.nextInt(4) == 0 ? "" : "caf\u00e9 \ud83d\ude00 " + random.nextInt();
        };
    }

    private static Object[] row(TableSchema schema, Random random) {
        return schema.columns().stream()
                .map(column -> value(column.type(), random))
                .toArray();
    }

    private static byte[] write(TableSchema schema, List<Object[]> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableWriter writer = new TableWriter(out, schema)) {
            for (Object[] row : rows) {
                writer.write(row);
            }
            assertThat(writer.rows()).isEqualTo(rows.size());
        }
        return out.toByteArray();
    }

    private TableReader reader(TableSchema schema, byte[] bytes) throws IOException {
        Path file = directory.resolve(schema.name() + ".parquet");
        Files.write(file, bytes);
        return TableReader.open(Storages.open(file.toUri()), file.toUri(), schema);
    }

    /** The library writes several in the order of a hash set, which differs from process to process. */
    @Test
    void namesOneEncodingForEveryColumn() throws IOException {
        for (TableSchema schema : TableSchema.ALL) {
            Path file = directory.resolve(schema.name() + ".parquet");
            Files.write(file, write(schema, List.<Object[]>of(row(schema, new Random(1)))));
            try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
                assertThat(reader.getFooter().getBlocks().get(0).getColumns())
                        .hasSameSizeAs(schema.columns())
                        .allSatisfy(column -> assertThat(column.getEncodings()).hasSize(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 25_000})
    void givesBackTheRowsOfEveryTable(int count) throws IOException {
        for (TableSchema schema : TableSchema.ALL) {
            Random random = new Random(count);
            List<Object[]> rows = new ArrayList<>();
            for (int row = 0; row < count; row++) {
                rows.add(row(schema, random));
            }
            try (TableReader reader = reader(schema, write(schema, rows))) {
                assertThat(reader.rows()).isEqualTo(count);
                for (Object[] row : rows) {
                    assertThat(reader.next()).isEqualTo(row);
                }
                assertThat(reader.hasNext()).isFalse();
                assertThatThrownBy(reader::next)
                        .isInstanceOf(NoSuchElementException.class)
                        .hasMessage("the table " + schema.name() + " has no more rows");
            }
        }
    }

    @Test
    void writesTheSameBytesEveryTime() throws IOException {
        Random random = new Random(1);
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < 30_000; row++) {
            rows.add(row(TableSchema.REMOVED, random));
        }
        assertThat(write(TableSchema.REMOVED, rows)).isEqualTo(write(TableSchema.REMOVED, rows));
    }

    @Test
    void skipsRowGroupsThatCannotHoldAnId() throws IOException {
        Random random = new Random(1);
        List<Object[]> rows = new ArrayList<>();
        int count = 500_000;
        for (int row = 0; row < count; row++) {
            rows.add(TableRows.of(new DocumentPiece(row, "train", random.nextLong(), random.nextInt(), 1)));
        }
        byte[] bytes = write(TableSchema.DOCUMENTS, rows);
        try (TableReader last = reader(TableSchema.DOCUMENTS, bytes).only("id", count - 1, count - 1)) {
            List<Object[]> read = new ArrayList<>();
            last.forEachRemaining(read::add);
            assertThat(read).hasSizeBetween(1, count / 2);
            assertThat(read.get(read.size() - 1)).isEqualTo(rows.get(count - 1));
        }
        try (TableReader none = reader(TableSchema.DOCUMENTS, bytes).only("id", count, Long.MAX_VALUE)) {
            assertThat(none.hasNext()).isFalse();
        }
        try (TableReader all = reader(TableSchema.DOCUMENTS, bytes).only("id", 0, count)) {
            assertThat(all.rows()).isEqualTo(count);
        }
        assertThat(write(TableSchema.DOCUMENTS, rows)).isEqualTo(bytes);
    }

    @Test
    @SuppressWarnings("NullAway") // a null is what the last row is about
    void refusesRowsOfAnotherShape() throws IOException {
        TableWriter writer = new TableWriter(new ByteArrayOutputStream(), TableSchema.DOCUMENTS);
        assertThatThrownBy(() -> writer.write(1L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 of the table documents must have 5 values but has 1");
        assertThatThrownBy(() -> writer.write(1L, "train", 2, 3, 4))
                .hasMessage("row 0 of the table documents must have a Long as row but has a Integer");
        assertThatThrownBy(() -> writer.write(1L, null, 2L, 3, 4))
                .hasMessage("row 0 of the table documents must have a String as split but has none");
    }

    @Test
    void saysWhyATableCannotBeRead() throws IOException {
        byte[] shards = write(TableSchema.SHARDS, List.of());
        Storage storage = Storages.open(directory.toUri());
        URI gone = directory.resolve("gone.parquet").toUri();
        assertThatThrownBy(() -> TableReader.open(storage, gone, TableSchema.FILES))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("the table files at " + gone + " is missing; run verify");
        assertThatThrownBy(() -> reader(TableSchema.DOCUMENTS, shards))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("the table documents at file:///")
                .hasMessageContaining("has other columns, message shards { required binary path (STRING);");
        assertThatThrownBy(() -> reader(TableSchema.SHARDS, new byte[3]))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("the table shards at")
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("run verify, and fetch the file again");
        byte[] cut = java.util.Arrays.copyOf(shards, shards.length - 9);
        assertThatThrownBy(() -> reader(TableSchema.SHARDS, cut)).isInstanceOf(DamagedDatasetException.class);
    }

    @Test
    void findsAFlippedBitInAPage() throws IOException {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < 1000; row++) {
            rows.add(TableRows.of(new DocumentPiece(row * 31L, "train", row, 0, 1)));
        }
        byte[] bytes = write(TableSchema.DOCUMENTS, rows);
        bytes[200] ^= 4;
        assertThatThrownBy(() -> reader(TableSchema.DOCUMENTS, bytes).forEachRemaining(row -> {}))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("the table documents at");
    }
}
