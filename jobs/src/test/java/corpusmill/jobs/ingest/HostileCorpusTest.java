package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a file can be bad: all good documents are kept, and every loss is counted and can be found. */
class HostileCorpusTest {

    @TempDir
    private Path folder = Path.of("");

    static List<HostileFile> files() {
        return HostileCorpus.files();
    }

    private Path write(HostileFile file) throws IOException {
        Path path = folder.resolve(file.path());
        Files.createDirectories(path.getParent());
        return Files.write(path, file.content());
    }

    private List<SourceFile> list() {
        InputConfig input = new InputConfig(folder.toString(), "hostile", InputFormat.AUTO, FieldsConfig.DEFAULT);
        return InputListing.of(List.of(input), Map.of()).files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsEveryGoodDocumentAndNamesEveryLoss(HostileFile file) throws IOException {
        keepsEveryGoodDocument(file, Long.MAX_VALUE);
        keepsEveryGoodDocument(file, 700);
    }

    @Test
    void keepsEveryGoodDocumentBesideOnesOfMebibytes() throws IOException {
        for (Supplier<HostileFile> large : HostileCorpus.large()) {
            HostileFile file = large.get();
            Files.delete(keepsEveryGoodDocument(file, 64L << 20));
        }
    }

    private Path keepsEveryGoodDocument(HostileFile file, long partBytes) throws IOException {
        Path path = write(file);
        List<SourceFile> listed = list();
        assertThat(listed)
                .singleElement()
                .satisfies(found -> assertThat(found.name()).isEqualTo(file.path()));
        Reading reading = Reading.of(listed.get(0), partBytes, Reading.LIMITS);
        assertThat(reading.texts()).isEqualTo(file.documents());
        assertThat(reading.reasons()).isEqualTo(file.reasons());
        assertThat(reading.rejected()).allSatisfy(this::canBeFound);
        return path;
    }

    private void canBeFound(Ingested row) {
        assertThat(row.sha256()).hasSize(64);
        assertThat(row.reason()).isNotNull();
        byte[] raw = row.raw();
        if (raw == null) { // too long to be kept: offset, length and hash find it
            assertThat(row.length()).isGreaterThan(1 << 20);
        } else {
            assertThat(raw).hasSize((int) row.length());
        }
    }

    @Test
    void coversAtLeastAsManyKindsOfFilesAsAreKnown() {
        List<HostileFile> files = files();
        assertThat(files).hasSizeGreaterThanOrEqualTo(65);
        assertThat(files.stream().map(HostileFile::path)).doesNotHaveDuplicates();
        assertThat(files.stream().mapToInt(file -> file.documents().size()).sum())
                .isGreaterThan(5_000);
    }

    @Test
    void findsEveryFileOfTheWholeCorpus() throws IOException {
        for (HostileFile file : files()) {
            write(file);
        }
        assertThat(list()).hasSameSizeAs(files());
    }
}
