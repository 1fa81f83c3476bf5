package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.dataset.Dataset;
import corpusmill.formats.manifest.SplitEntry;
import corpusmill.formats.storage.Storages;
import corpusmill.formats.table.DocumentPiece;
import corpusmill.formats.table.FileEntry;
import corpusmill.formats.table.TableSchema;
import corpusmill.jobs.dedup.near.CandidatePair;
import corpusmill.jobs.flow.DocumentId;
import corpusmill.jobs.flow.RecordEncoder;
import corpusmill.jobs.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Deduplication against earlier datasets, held against one run over all crawls with the earlier ones ranked first. */
@ExtendWith(LocalSpark.class)
class AgainstTest {

    private static final int DOCUMENTS = 60;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepareOnce() throws IOException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("AgainstTest: replay with -Dtest.seed=" + seed);
        crawls(folder, seed);
        prepare("union", "[]", "a", "b", "c");
        prepare("first", "[]", "a");
        prepare("second", list("first"), "b");
    }

    private static IncrementalRuns runs() {
        return new IncrementalRuns(folder);
    }

    private static void crawls(Path below, long seed) throws IOException {
        GrowingCorpus corpus = new GrowingCorpus(seed);
        for (String crawl : List.of("a", "b", "c")) {
            corpus.crawl(below.resolve("raw/" + crawl), DOCUMENTS);
        }
    }

    private static String list(String... datasets) {
        return runs().list(datasets);
    }

    private static Invocation run(String command, String output, String against, List<String> crawls, String... sets) {
        return runs().run(command, output, against, crawls, sets);
    }

    private static void prepare(String output, String against, String... crawls) {
        runs().prepare(output, against, List.of(crawls));
    }

    @Test
    void decidesOnNewDocumentsAsOneRunOverAllWould() {
        SortedMap<String, String> union = evidence("union");
        assertThat(union.values().stream().filter(row -> row.endsWith("1.0 exact")))
                .isNotEmpty();
        assertThat(union.entrySet().stream()
                        .filter(row ->
                                row.getKey().startsWith("b ") && row.getValue().startsWith("a ")))
                .isNotEmpty();
        assertThat(evidence("first")).isEqualTo(IncrementalRuns.only(union, "a"));
        assertThat(evidence("second")).isEqualTo(IncrementalRuns.only(union, "b"));
        assertThat(runs().documents("second")).isEqualTo(IncrementalRuns.only(runs().documents("union"), "b"));
    }

    @Test
    @Tag("long")
    void takesSeveralEarlierDatasetsOneOfThemMadeAgainstTheOther() {
        prepare("third", list("first", "second"), "c");
        assertThat(evidence("third")).isEqualTo(IncrementalRuns.only(evidence("union"), "c"));
        assertThat(runs().documents("third")).isEqualTo(IncrementalRuns.only(runs().documents("union"), "c"));
        Dataset third = Dataset.open(Storages.uri(folder.resolve("third").toString()));
        assertThat(third.files()).extracting(FileEntry::index).containsExactly(4, 5);
        assertThat(rows("third", TableSchema.EARLIER))
                .extracting(row -> row[2], row -> row[3], row -> row[4])
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 2, 0), org.assertj.core.groups.Tuple.tuple(2, 2, 0));
        assertThat(folder.resolve("third/report.html"))
                .content()
                .contains("<td>documents removed for one of an earlier dataset</td><td>"
                        + evidence("third").values().stream()
                                .filter(row -> !row.startsWith("c "))
                                .count()
                        + "</td>");
    }

    @Test
    @Tag("long")
    void renumbersADatasetWhoseFilesHaveTheNumbersOfAnother() {
        prepare("alone", "[]", "b");
        prepare("renumbered", list("first", "alone"), "c");
        assertThat(rows("renumbered", TableSchema.EARLIER))
                .extracting(row -> row[2], row -> row[3], row -> row[4])
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 2, 0), org.assertj.core.groups.Tuple.tuple(2, 2, 2));
        Object[] row = rows("renumbered", TableSchema.REMOVED).stream()
                .filter(found -> DocumentId.file((long) found[1]) / 2 == 1)
                .findFirst()
                .orElseThrow();
        long own = (long) row[1] - (2L << 40);
        String root = folder.resolve("renumbered").toString();
        String fingerprint = Dataset.open(Storages.uri(folder.resolve("alone").toString()))
                .manifest()
                .fingerprint();
        String origin = "document " + row[1] + " of the earlier dataset " + fingerprint + " at file://"
                + folder.resolve("alone") + ", where it is document " + own + "\n";
        assertThat(Invocation.of("inspect", root, "--document", row[0].toString())
                        .out())
                .contains(
                        "  removed as " + row[2] + " duplicate, similarity " + row[3] + ", in favour of\n  " + origin);
        assertThat(Invocation.of("inspect", root, "--document", row[1].toString())
                        .out())
                .isEqualTo(origin + "  stands for a cluster of " + row[5] + " documents\n");
        assertThat(Dataset.open(Storages.uri(folder.resolve("alone").toString()))
                        .pieces(own))
                .isNotEmpty();
    }

    @Test
    void readsOnlyThoseEarlierDocumentsThatAreCompared(SparkSession spark) throws IOException {
        Set<Long> compared = new HashSet<>(spark
                .read()
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.parquet")
                .schema(RecordEncoder.of(CandidatePair.class).schema())
                .parquet(folder.resolve("second.work/candidates").toString())
                .as(RecordEncoder.of(CandidatePair.class))
                .collectAsList()
                .stream()
                .map(CandidatePair::better)
                .filter(id -> DocumentId.file(id) < 2)
                .toList());
        Dataset first = Dataset.open(Storages.uri(folder.resolve("first").toString()));
        Set<String> needed = new HashSet<>();
        for (long id : compared) {
            for (DocumentPiece piece : first.pieces(id)) {
                SplitEntry split =
                        Objects.requireNonNull(first.manifest().splits().get(piece.split()));
                needed.add(split.path((int) (piece.row() / split.rowsPerShard())));
            }
        }
        List<String> others = first.shards().stream()
                .map(shard -> shard.path())
                .filter(path -> !needed.contains(path))
                .toList();
        assertThat(others).isNotEmpty();
        assertThat(needed).isNotEmpty();
        Path copy = folder.resolve("copy");
        copy(folder.resolve("first"), copy, others);
        Files.move(folder.resolve("raw/a"), folder.resolve("raw/gone"));
        try {
            prepare("from-copy", list("copy"), "b");
        } finally {
            Files.move(folder.resolve("raw/gone"), folder.resolve("raw/a"));
        }
        SortedMap<String, String> expected = Snapshot.dataset(folder.resolve("second"));
        SortedMap<String, String> files = Snapshot.dataset(folder.resolve("from-copy"));
        String fingerprint = first.manifest().fingerprint();
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        files.keySet().removeIf(name -> name.endsWith("earlier.parquet") || !name.startsWith("data/"));
        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, hash) -> assertThat(expected).containsEntry(name, hash));
        assertThat(fingerprint).hasSize(12);
    }

    private static void copy(Path from, Path to, List<String> without) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                if (!without.contains(name)) {
                    Files.createDirectories(to.resolve(name).getParent());
                    Files.copy(file, to.resolve(name));
                }
            }
        }
    }

    @Test
    void dependsOnTheContentOfEarlierDatasetsNotOnTheirPlace() throws IOException {
        copy(folder.resolve("first"), folder.resolve("elsewhere"), List.of());
        assertThat(planned("second", list("elsewhere")))
                .contains("fingerprint  " + fingerprint("second"), "against      " + fingerprint("first"))
                .contains("already there")
                .doesNotContain("not in it");
        assertThat(planned("other", list("second")))
                .doesNotContain("fingerprint  " + fingerprint("second"))
                .contains("not in it    what is read of the earlier datasets");
        Invocation conflict = run("plan", "second", "[]", List.of("b"));
        assertThat(conflict.code()).isEqualTo(6);
    }

    private static String planned(String output, String against) {
        Invocation plan = run("plan", output, against, List.of("b"));
        assertThat(plan.err()).isEmpty();
        return plan.out();
    }

    private static String fingerprint(String name) {
        return new PublishedDataset(folder.resolve(name).toString()).manifest().fingerprint();
    }

    @Test
    void refusesWhatItCannotCompareWith() throws IOException {
        String first = "deduplication.against: the dataset at file://" + folder.resolve("first");
        String remedy = "; set it to that of the dataset, or put the dataset's input first in this job";
        Map<String, String> refused = Map.of(
                "deduplication.near.threshold=0.7",
                first + " was made with deduplication.near.threshold 0.8, but this job has 0.7" + remedy,
                "deduplication.near.seed=2",
                first + " was made with deduplication.near.seed 1, but this job has 2" + remedy,
                "deduplication.near.recall=0.9",
                first + " was made with deduplication.near.recall 0.95, but this job has 0.9" + remedy,
                "deduplication.near.shingle=words:5",
                first + " was made with deduplication.near.shingle auto, but this job has words:5" + remedy,
                "deduplication.exact=normalized",
                first + " was made with deduplication.exact true, but this job has normalized" + remedy,
                "deduplication.near.enabled=false",
                first + " was made with deduplication.near.enabled true, but this job has false" + remedy);
        refused.forEach(
                (set, message) -> assertThat(refusal(list("first"), set)).isEqualTo(message));

        copy(folder.resolve("first"), folder.resolve("twin"), List.of());
        assertThat(refusal(list("first", "twin")))
                .isEqualTo("deduplication.against: file://" + folder.resolve("first") + " and file://"
                        + folder.resolve("twin") + " hold the same dataset, " + fingerprint("first")
                        + "; name one of them");
        assertThat(refusal(list("nowhere"))).startsWith("there is no dataset at file://" + folder.resolve("nowhere"));

        Path other = Files.writeString(
                folder.resolve("other.json"),
                Files.readString(IncrementalRuns.TOKENIZER).replace("\"$\":3", "\"$\":3,\"unheard\":50257"));
        assertThat(refusal(list("first"), "tokenizer.path=" + other))
                .startsWith(first + " was made with the tokenizer ")
                .endsWith(", which cannot turn its tokens into texts; use that one, or put the dataset's input first in"
                        + " this job");

        TinyDataset.publish(
                folder.resolve("old").toUri(),
                new PublishedDataset(folder.resolve("first").toString())
                        .manifest()
                        .tokenizer(),
                1);
        assertThat(refusal(list("old")))
                .isEqualTo("deduplication.against: the dataset at file://" + folder.resolve("old")
                        + " has no table of signatures, since an earlier Corpusmill made it; run its job again into"
                        + " another output and name that, or put its input first in this job");
    }

    @Test
    @Tag("long")
    void refusesATokenizerThatDoesNotGiveTextsBack() throws IOException {
        Path folding = Files.writeString(
                folder.resolve("folding.json"),
                Files.readString(IncrementalRuns.TOKENIZER)
                        .replace("\"normalizer\":null", "\"normalizer\":{\"type\":\"Lowercase\"}"));
        String[] sets = {"tokenizer.path=" + folding, "tokenizer.engine=reference"};
        assertThat(run("prepare", "folded", "[]", List.of("a"), sets).err()).isEmpty();
        Invocation refused = run("prepare", "again", list("folded"), List.of("b"), sets);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith(
                        "corpusmill: deduplication.against needs the texts of earlier documents, but the tokenizer ")
                .contains(" gives back 'two  words,")
                .endsWith("; put the input of the earlier datasets first in this job, or set"
                        + " deduplication.near.enabled to false in both\n");
        assertThat(folder.resolve("again.work")).doesNotExist();
    }

    private static String refusal(String against, String... sets) {
        Invocation run = run("plan", "refused", against, List.of("b"), sets);
        assertThat(run.code()).as(run.out()).isEqualTo(2);
        return run.err().strip().replaceFirst("^corpusmill: ", "");
    }

    private static SortedMap<String, String> evidence(String name) {
        return runs().evidence(name);
    }

    private static List<Object[]> rows(String name, TableSchema table) {
        return runs().rows(name, table);
    }
}
