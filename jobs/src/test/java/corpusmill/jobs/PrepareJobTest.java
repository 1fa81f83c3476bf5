package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import corpusmill.formats.manifest.LedgerEntry;
import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.table.FileEntry;
import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.report.RunRecord;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole flow by the command line, over a corpus of which everything is known. */
@ExtendWith(LocalSpark.class)
class PrepareJobTest {

    private static final int END_OF_TEXT = 50256;

    @TempDir
    private static Path folder = Path.of("");

    private static Path job;
    private static Path output;
    private static SmallCorpus corpus;
    private static Invocation first;
    private static PublishedDataset dataset;
    /** Folders of the results in the work folder. */
    private static List<String> results;

    @BeforeAll
    static void prepareOnce() throws IOException {
        corpus = SmallCorpus.write(folder.resolve("raw"), 7);
        output = folder.resolve("out dir/é%41");
        job = corpus.jobFile(folder.resolve("job.yaml"), output.toString());
        first = Invocation.of("prepare", "--config", job.toString());
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        dataset = new PublishedDataset(corpus, output.toString());
        Path work = folder.resolve("out dir/é%41.work");
        try (Stream<Path> found = Files.walk(work, 2)) {
            results = found.map(work::relativize)
                    .filter(result -> result.getNameCount() == 2)
                    .map(Path::toString)
                    .toList();
        }
        assertThat(results).hasSizeGreaterThan(5);
    }

    @Test
    void endsWithADatasetAndItsReport() {
        assertThat(first.out())
                .contains(
                        "dataset      file://",
                        "fingerprint  " + dataset.manifest().fingerprint());
        assertThat(output.resolve("report.html")).content().contains("<html");
        assertThat(output.resolve("README.md")).exists();
        assertThat(dataset.manifest().checksums().keySet())
                .contains(dataset.manifest().meta().get("documents"))
                .doesNotContain("README.md", "report.html");
        assertThat(dataset.findings()).isEmpty();
        assertThat(dataset.manifest().splits().keySet()).containsExactly("train", "validation");
        assertThat(dataset.manifest().splits().values().stream()
                        .mapToLong(SplitEntry::shards)
                        .sum())
                .isGreaterThan(3);
    }

    @Test
    void reportsWhatItSawOfItsDocuments() throws IOException {
        RunRecord run = RunRecord.in(Files.readString(output.resolve("report.html")));
        SortedMap<Long, Long> lengths = new TreeMap<>();
        dataset.rows(TableSchema.DOCUMENTS).stream()
                .collect(Collectors.groupingBy(row -> (long) row[0], Collectors.summingLong(row -> (int) row[4])))
                .values()
                .forEach(tokens -> lengths.merge(Long.highestOneBit(tokens), 1L, Long::sum));
        assertThat(run.details().lengths()).isEqualTo(lengths);
        assertThat(run.details().scripts()).containsOnlyKeys("LATIN", "HIRAGANA");
        assertThat(run.details().scripts().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(corpus.documents() - SmallCorpus.IDENTICAL);
        assertThat(run.details().curve())
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.similarity()).isBetween(0.8, 1.0));
        assertThat(run.details().examples()).hasSize(SmallCorpus.SIMILAR).allSatisfy(example -> {
            assertThat(example.removedText()).isNotEqualTo(example.keptText()).isNotEmpty();
            assertThat(example.removedFrom()).startsWith("file:");
        });
        assertThat(run.details().command()).isEqualTo("corpusmill prepare --config " + job);
        Files.copy(output.resolve("report.html"), folder.resolve("first.html"));
        assertThat(Invocation.of("report", output.toString()).code()).isZero();
        assertThat(output.resolve("report.html")).hasSameTextualContentAs(folder.resolve("first.html"));
    }

    @Test
    void accountsForEveryDocument() {
        Map<String, LedgerEntry> ledger = dataset.manifest().ledger();
        long documents = corpus.documents();
        assertThat(ledger)
                .containsEntry(
                        "ingest", new LedgerEntry(documents + SmallCorpus.BAD, documents, Map.of("INVALID_JSON", (long)
                                SmallCorpus.BAD)))
                .containsEntry(
                        "exact",
                        new LedgerEntry(documents, documents - SmallCorpus.IDENTICAL, Map.of("DUPLICATE_EXACT", (long)
                                SmallCorpus.IDENTICAL)))
                .containsEntry(
                        "near",
                        new LedgerEntry(
                                documents - SmallCorpus.IDENTICAL,
                                documents - SmallCorpus.IDENTICAL - SmallCorpus.SIMILAR,
                                Map.of("DUPLICATE_NEAR", (long) SmallCorpus.SIMILAR)));
        assertThat(dataset.manifest().splits().values().stream()
                        .mapToLong(SplitEntry::documents)
                        .sum())
                .isEqualTo(documents - SmallCorpus.IDENTICAL - SmallCorpus.SIMILAR);
        assertThat(dataset.files()).hasSize(corpus.files());
        assertThat(dataset.files().stream().mapToLong(FileEntry::documents).sum())
                .isEqualTo(documents);
        assertThat(dataset.files())
                .allSatisfy(file -> assertThat(file.records()).isEqualTo(file.documents() + file.rejected()));
        assertThat(dataset.rows(TableSchema.REJECTED)).hasSize(SmallCorpus.BAD);
    }

    @Test
    void holdsEveryTokenOfEveryKeptDocumentOnce() {
        SortedMap<Long, int[]> tokens = dataset.tokens();
        assertThat(tokens).hasSize(corpus.documents() - SmallCorpus.IDENTICAL - SmallCorpus.SIMILAR);
        TokenizerDefinition definition =
                TokenizerDefinition.read(Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json"));
        try (Tokenizer tokenizer = Tokenizers.open(definition, EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            TokenEncoder encoder = tokenizer.encoder();
            tokens.forEach((id, ids) -> {
                byte[] utf8 = dataset.text(id).getBytes(StandardCharsets.UTF_8);
                TokenBuffer expected = new TokenBuffer();
                encoder.encode(utf8, 0, utf8.length, expected);
                expected.add(END_OF_TEXT);
                assertThat(ids).as("document %d", id).isEqualTo(expected.toArray());
            });
        }
        long all = tokens.values().stream().mapToLong(ids -> ids.length).sum();
        assertThat(dataset.manifest().splits().values().stream()
                        .mapToLong(SplitEntry::tokens)
                        .sum())
                .isEqualTo(all);
        assertThat(tokens.values().stream().filter(ids -> ids.length > 128)).isNotEmpty();
    }

    @Test
    void removesCopiesOnlyAndTellsWhichDocumentStayed() {
        Set<Long> kept = dataset.tokens().keySet();
        Set<Long> removed = new HashSet<>();
        for (Object[] row : dataset.rows(TableSchema.REMOVED)) {
            long copy = (long) row[0];
            long original = (long) row[1];
            String kind = (String) row[2];
            double similarity = (double) row[3];
            assertThat(removed.add(copy)).isTrue();
            assertThat(kept).contains(original).doesNotContain(copy);
            double exact = WordShingles.jaccard(dataset.text(copy), dataset.text(original));
            assertThat(similarity).isCloseTo(exact, within(1e-12)).isGreaterThanOrEqualTo(0.8);
            assertThat(dataset.text(copy).equals(dataset.text(original))).isEqualTo(kind.equals("exact"));
        }
        assertThat(removed).hasSize(SmallCorpus.IDENTICAL + SmallCorpus.SIMILAR);
        List<Set<String>> shingles =
                kept.stream().map(id -> WordShingles.of(dataset.text(id))).toList();
        assertThat(new HashSet<>(shingles)).hasSameSizeAs(shingles);
    }

    @Test
    void measuresRecallOnASample() {
        // The sample is everything here: all pairs of different texts, by brute force.
        List<String> texts = dataset.rows(TableSchema.REMOVED).stream()
                .filter(row -> !row[2].equals("exact"))
                .map(row -> dataset.text((long) row[0]))
                .collect(java.util.stream.Collectors.toList());
        dataset.tokens().keySet().forEach(id -> texts.add(dataset.text(id)));
        long pairs = 0;
        for (int a = 0; a < texts.size(); a++) {
            for (int b = 0; b < a; b++) {
                pairs += WordShingles.jaccard(texts.get(a), texts.get(b)) >= 0.8 ? 1 : 0;
            }
        }
        assertThat(pairs).isGreaterThanOrEqualTo(SmallCorpus.SIMILAR);
        assertThat(output.resolve("report.html"))
                .content()
                .contains("<h2>Sampled recall</h2>", "<td>all</td><td>" + pairs + "</td><td>" + pairs + "</td>");
    }

    @Test
    void doesNothingWhenTheDatasetIsThere() {
        SortedMap<String, String> before = Snapshot.of(folder);
        Invocation again = Invocation.of("prepare", "--config", job.toString(), "--json");
        assertThat(again.err()).isEmpty();
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("\"up_to_date\":true");
        assertThat(Snapshot.of(folder)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"packing.seed=2", "input.0.path=RAW/web/a.jsonl"})
    void leavesADatasetOfAnotherConfigurationOrInputAlone(String change) {
        String set = change.replace("RAW", folder + "/raw");
        SortedMap<String, String> before = Snapshot.of(folder);
        Invocation other = Invocation.of("prepare", "--config", job.toString(), "--set", set);
        assertThat(other.code()).isEqualTo(6);
        assertThat(other.err())
                .startsWith("corpusmill: the output file://")
                .contains(" holds the dataset " + dataset.manifest().fingerprint() + ", but this job would make ")
                .endsWith("; give another output, or undo what changed in input or configuration\n");
        assertThat(other.err().lines()).hasSize(1);
        assertThat(Snapshot.of(folder)).isEqualTo(before);
    }

    @Test
    void givesTheSameDatasetStageByStageBesideWhatKilledRunsLeft() throws IOException {
        Path stages = folder.resolve("stages");
        Path work = folder.resolve("stages.work");
        String fingerprint = dataset.manifest().fingerprint();
        leave(stages.resolve("data/" + fingerprint + "/train/tokens-000000.arrow"), "half a shard");
        leave(stages.resolve("data/" + fingerprint + "/train/.tokens-000001.arrow.1.part"), "part of one");
        for (String result : results) {
            leave(work.resolve(result + "/data-0/part-00000.parquet"), "half a result");
        }
        for (String command : List.of("ingest", "deduplicate", "tokenize", "write")) {
            Invocation run = Invocation.of(command, "--config", job.toString(), "--set", "output=" + stages);
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isZero();
            assertThat(stages.resolve(Manifest.NAME).toFile().exists()).isEqualTo(command.equals("write"));
        }
        SortedMap<String, String> files = Snapshot.dataset(stages);
        assertThat(files.remove("data/" + fingerprint + "/train/.tokens-000001.arrow.1.part"))
                .isNotNull();
        assertThat(files).isEqualTo(Snapshot.dataset(output));
    }

    private static void leave(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"concatenate", "document"})
    void packsInEveryMode(String mode) {
        String other = folder.resolve(mode).toString();
        Invocation run = Invocation.of(
                "prepare",
                "--config",
                job.toString(),
                "--set",
                "packing.mode=" + mode,
                "--set",
                "output=" + other,
                "--set",
                "work=" + output + ".work");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        PublishedDataset packed = new PublishedDataset(corpus, other);
        assertThat(packed.findings()).isEmpty();
        assertThat(packed.manifest().packing().mode()).isEqualTo(mode);
        SortedMap<Long, int[]> expected = dataset.tokens();
        SortedMap<Long, int[]> tokens = packed.tokens();
        assertThat(tokens.keySet()).isEqualTo(expected.keySet());
        tokens.forEach((id, ids) -> assertThat(Arrays.equals(ids, expected.get(id)))
                .as("document %d", id)
                .isTrue());
    }
}
