package corpusmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.storage.Storages;
import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.flow.Ingested;
import corpusmill.jobs.flow.QuarantinedRecord;
import corpusmill.jobs.flow.SourceFile;
import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is rejected can be found, repaired and read again: then nothing is missing. */
@ExtendWith(LocalSpark.class)
class QuarantineTest {

    @TempDir
    private Path folder = Path.of("");

    private static List<SourceFile> list(Path path) {
        return InputListing.of(
                        List.of(new InputConfig(path.toString(), "web", InputFormat.AUTO, FieldsConfig.DEFAULT)),
                        Map.of())
                .files();
    }

    private List<QuarantinedRecord> quarantine(SparkSession spark, List<SourceFile> files, boolean keep) {
        IngestConfig defaults = IngestConfig.DEFAULT;
        IngestConfig config = new IngestConfig(defaults.maxDocument(), 1, 1, keep);
        Dataset<Ingested> rows = IngestStage.of(config, Map.of()).read(spark, files);
        Path kept = folder.resolve("kept");
        return new QuarantineStage(files, kept.toUri(), Storages.open(kept.toUri()))
                .apply(rows).collectAsList().stream()
                        .sorted(Comparator.comparingLong(QuarantinedRecord::id))
                        .toList();
    }

    @Test
    void givesTheFullCorpusWhenItIsRepairedAndReadAgain(SparkSession spark) throws IOException {
        List<HostileFile> hostile = new ArrayList<>();
        for (HostileFile file : HostileCorpus.files()) {
            if (file.repaired().size() == file.reasons().size()) {
                hostile.add(file);
                Path path = folder.resolve("in").resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.write(path, file.content());
            }
        }
        List<SourceFile> files = list(folder.resolve("in"));
        assertThat(files).hasSameSizeAs(hostile).hasSizeGreaterThan(50);
        List<QuarantinedRecord> records = quarantine(spark, files, true);
        assertThat(records)
                .hasSize(
                        hostile.stream().mapToInt(file -> file.reasons().size()).sum());
        for (QuarantinedRecord record : records) {
            SourceFile source = files.get((int) (record.id() >>> 40));
            assertThat(record.uri()).isEqualTo(source.uri());
            assertThat(bytes(record)).isEqualTo(sourceBytes(hostile, source, record));
        }
        Path repaired = Files.createDirectories(folder.resolve("repaired"));
        List<String> all = new ArrayList<>();
        for (HostileFile file : hostile) {
            all.addAll(file.documents());
            all.addAll(file.repaired().stream()
                    .map(line -> line.substring(9, line.length() - 2))
                    .toList());
            Files.write(
                    repaired.resolve(file.reasons().size() + "-" + hostile.indexOf(file) + ".jsonl"), file.repaired());
        }
        List<SourceFile> both = list(folder);
        List<String> texts = IngestStage.of(new IngestConfig(IngestConfig.DEFAULT.maxDocument(), 1, 1, true), Map.of())
                .read(
                        spark,
                        both.stream()
                                .filter(file -> !file.name().startsWith("kept"))
                                .toList())
                .collectAsList()
                .stream()
                .map(Ingested::text)
                .filter(Objects::nonNull)
                .toList();
        assertThat(texts).containsExactlyInAnyOrderElementsOf(all);
    }

    private byte[] bytes(QuarantinedRecord record) throws IOException {
        byte[] file = Files.readAllBytes(folder.resolve("kept").resolve(String.valueOf(record.file())));
        return Arrays.copyOfRange(file, (int) record.position(), (int) (record.position() + record.bytes()));
    }

    private static byte[] sourceBytes(List<HostileFile> hostile, SourceFile source, QuarantinedRecord record) {
        byte[] content = hostile.stream()
                .filter(file -> file.path().equals(source.name()))
                .findFirst()
                .orElseThrow()
                .content();
        return Arrays.copyOfRange(content, (int) record.offset(), (int) (record.offset() + record.length()));
    }

    @Test
    void canBeReadAsAnInputAsItIs(SparkSession spark) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("a.jsonl"), "{\"text\":1}\n{\"text\":\"good\"}\nbroken\n");
        Files.write(in.resolve("b.txt"), "stra\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        List<QuarantinedRecord> records = quarantine(spark, list(in), true);
        assertThat(records)
                .extracting(QuarantinedRecord::reason)
                .containsExactly("FIELD_NOT_TEXT", "INVALID_JSON", "INVALID_UTF8");
        try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("00000000.jsonl", "00000001-0000000000000.txt");
        }
        assertThat(folder.resolve("kept/00000000.jsonl")).hasContent("{\"text\":1}\nbroken\n");
        assertThat(Reading.of(folder.resolve("kept/00000000.jsonl")).reasons())
                .containsExactly(RejectionReason.FIELD_NOT_TEXT, RejectionReason.INVALID_JSON);
    }

    @Test
    void keepsNoBytesWhenItIsOffButListsWhatWasRejected(SparkSession spark) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("a.jsonl"), "broken\n");
        assertThat(quarantine(spark, list(in), false)).singleElement().satisfies(record -> {
            assertThat(record.file()).isNull();
            assertThat(record.sha256()).hasSize(64);
            assertThat(record.length()).isEqualTo(6);
        });
        assertThat(folder.resolve("kept")).doesNotExist();
    }
}
