package corpusmill.formats.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.SampleDataset;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    private final Path directory;

    DatasetTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private URI root;
    private SampleDataset written;
    private Dataset dataset;

    @BeforeEach
    void publish() {
        root = Storages.uri(directory.toString());
        written = SampleDataset.publish(root);
        dataset = Dataset.open(root);
    }

    @Test
    void givesEveryRowByItsPlace() {
        for (String split : dataset.manifest().splits().keySet()) {
            for (int place = 0; place < written.rows(split).size(); place++) {
                assertThat(dataset.row(split, place))
                        .isEqualTo(written.rows(split).get(place));
            }
        }
    }

    @Test
    void tracesDocumentsToRowsAndBack() {
        for (DocumentPiece piece : written.pieces()) {
            assertThat(dataset.pieces(piece.id())).containsExactly(piece);
        }
        assertThat(dataset.pieces(123_456)).isEmpty();
        assertThat(dataset.piecesOfRow("train", 4))
                .containsExactlyElementsOf(written.pieces().stream()
                        .filter(piece -> piece.split().equals("train") && piece.row() == 4)
                        .sorted(Comparator.comparingInt(DocumentPiece::start))
                        .toList());
    }

    @Test
    void listsShardsAndFiles() {
        assertThat(dataset.shards()).isEqualTo(written.shards());
        assertThat(dataset.files()).singleElement().satisfies(file -> {
            assertThat(file.source()).isEqualTo("web");
            assertThat(file.records()).isEqualTo(90);
        });
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        assertThatThrownBy(() -> dataset.row("test", 0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has no split 'test'; it has [train, validation]");
        assertThatThrownBy(() -> dataset.row("train", 19))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has rows 0 to 18 but row 19 was asked for");
        URI nowhere = Storages.resolve(root, "nowhere");
        assertThatThrownBy(() -> Dataset.open(nowhere))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no dataset at " + nowhere + ": it has no manifest.json");
        Files.delete(directory.resolve("data/0123456789ab/meta/files.parquet"));
        assertThatThrownBy(() -> dataset.files())
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining("the table files at");
    }
}
