package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import corpusmill.jobs.config.DataSize;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.flow.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilePartTest {

    private static SourceFile file(int index, String name, String format, long bytes) {
        return new SourceFile(index, "file:///" + name, name, 0, format, "text", "id", bytes, "c");
    }

    @Test
    void cutsOnlyWhatCanBeCut() {
        assertThat(FilePart.split(List.of(file(0, "a.jsonl", "jsonl", 250)), 100))
                .extracting(FilePart::start)
                .containsExactly(0L, 100L, 200L);
        assertThat(FilePart.split(List.of(file(0, "a.jsonl", "jsonl", 200)), 100))
                .hasSize(2);
        assertThat(FilePart.split(List.of(file(0, "a.parquet", "parquet", 101)), 100))
                .hasSize(2);
        assertThat(FilePart.split(List.of(file(0, "a.jsonl", "jsonl", 0)), 100)).hasSize(1);
        for (String name : List.of("a.jsonl.gz", "a.jsonl.zst", "a.JSONL.GZ")) {
            assertThat(FilePart.split(List.of(file(0, name, "jsonl", 1000)), 100))
                    .hasSize(1);
        }
        assertThat(FilePart.split(List.of(file(0, "a.txt", "text", 1000)), 100)).hasSize(1);
    }

    @Test
    void putsBigPartsFirstAndSmallOnesTogether() {
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            files.add(file(i, i + ".txt", "text", 1000));
        }
        files.add(file(5_000, "big.jsonl.gz", "jsonl", 1L << 30));
        List<FilePart> parts = FilePart.split(files, IngestStage.PART_BYTES);
        List<List<FilePart>> groups = PartGroups.of(parts, IngestStage.PART_BYTES);
        assertThat(groups).hasSizeBetween(3, 8);
        assertThat(groups.get(0)).extracting(part -> part.file().index()).containsExactly(5_000);
        assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(parts);
        assertThat(PartGroups.of(List.of(), 1)).isEmpty();
    }

    @Test
    void refusesDocumentsLongerThanAnArray() {
        assertThat(new IngestStage(new IngestConfig(DataSize.parse("1GiB"), 0, 1, true), 1, Map.of()).partBytes())
                .isEqualTo(1);
        assertThatThrownBy(() -> IngestStage.of(new IngestConfig(DataSize.parse("2GiB"), 0, 1, true), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("ingest.max-document", "1GiB", "was 2GiB");
        assertThatThrownBy(() -> new IngestStage(IngestConfig.DEFAULT, 0, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partBytes must be at least 1 but was 0");
    }
}
