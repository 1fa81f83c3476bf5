package corpusmill.formats.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.SampleDataset;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.shard.ShardEntry;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardTest {

    private final Path directory;

    CardTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Manifest manifest;
    private List<ShardEntry> shards;

    @BeforeEach
    void make() {
        SampleDataset dataset = SampleDataset.write(Storages.uri(directory.toString()), TokenType.UINT16);
        manifest = dataset.manifest();
        shards = dataset.shards();
    }

    @Test
    void namesTheFilesOfEverySplit() {
        assertThat(DatasetCard.text(manifest)).startsWith("""
                ---
                license: unknown
                task_categories:
                - text-generation
                size_categories:
                - n<1K
                configs:
                - config_name: default
                  data_files:
                  - split: train
                    path: data/0123456789ab/train/tokens-*.arrow
                  - split: validation
                    path: data/0123456789ab/validation/tokens-*.arrow
                ---
                """);
    }

    @Test
    void saysHowToLoadAndWhatWasDropped() {
        assertThat(DatasetCard.text(manifest))
                .contains(
                        "numpy.memmap(\"data/0123456789ab/train/tokens-000000.arrow\", \"uint16\", \"r\", 4096, (8, 16))")
                .contains("datasets.load_dataset(\".\", split=\"train\", streaming=True)")
                .contains("pa.ipc.open_stream(pa.memory_map(")
                .contains("| ingest | 90 | 80 | INVALID_JSON 10 |")
                .contains("| 1 | books | 5 | 100 |");
    }

    @Test
    void describesTheShardsToHuggingFace() throws IOException {
        Map<String, String> files = HuggingFaceFiles.of(manifest);
        assertThat(files.keySet())
                .containsExactly(
                        "data/0123456789ab/train/state.json", "data/0123456789ab/train/dataset_info.json",
                        "data/0123456789ab/validation/state.json", "data/0123456789ab/validation/dataset_info.json");
        JsonNode state = new ObjectMapper().readTree(files.get("data/0123456789ab/train/state.json"));
        assertThat(state.get("_data_files")).hasSize(3);
        assertThat(state.get("_data_files").get(2).get("filename").asText()).isEqualTo("tokens-000002.arrow");
        assertThat(state.get("_split").asText()).isEqualTo("train");
        JsonNode info = new ObjectMapper().readTree(files.get("data/0123456789ab/train/dataset_info.json"));
        assertThat(info.get("features").get("input_ids").get("length").asInt()).isEqualTo(16);
        assertThat(info.get("features")
                        .get("input_ids")
                        .get("feature")
                        .get("dtype")
                        .asText())
                .isEqualTo("uint16");
    }

    @Test
    void describesTheShardsToLitData() throws IOException {
        Map<String, String> files = SideFiles.of(manifest, shards);
        assertThat(files).hasSize(6);
        JsonNode index = new ObjectMapper().readTree(files.get("data/0123456789ab/train/index.json"));
        JsonNode last = index.get("chunks").get(2);
        assertThat(last.get("filename").asText()).isEqualTo("tokens-000002.arrow");
        assertThat(last.get("dim").asLong()).isEqualTo(3 * 16);
        assertThat(last.get("chunk_bytes").asLong())
                .isEqualTo(shards.get(2).summary().bytes());
        assertThat((1 + last.get("chunk_size").asInt() + 1) * 4).isEqualTo(4096);
        assertThat(index.get("config").get("data_format").get(0).asText()).isEqualTo("no_header_tensor:20");
        assertThat(index.get("config").get("item_loader").asText()).isEqualTo("TokensLoader");
    }
}
