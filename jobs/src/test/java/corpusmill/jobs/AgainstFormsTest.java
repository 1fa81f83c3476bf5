package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.formats.manifest.Manifest;
import corpusmill.formats.manifest.ManifestParser;
import corpusmill.formats.storage.Storage;
import corpusmill.formats.storage.Storages;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.jobs.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The other forms of deduplication against an earlier dataset: normalized texts, no near-duplicates, large buckets, S3. */
@ExtendWith(LocalSpark.class)
class AgainstFormsTest {

    private static final long SEED = Long.getLong("test.seed", System.nanoTime());

    @TempDir
    private Path folder = Path.of("");

    private IncrementalRuns crawls(int documents) throws IOException {
        System.out.println("AgainstFormsTest: replay with -Dtest.seed=" + SEED);
        IncrementalRuns runs = new IncrementalRuns(folder);
        GrowingCorpus corpus = new GrowingCorpus(SEED);
        corpus.crawl(runs.raw("a"), documents);
        corpus.crawl(runs.raw("b"), documents);
        return runs;
    }

    /** Documents of 100 words that all share, and some of each document's own. */
    private static void template(Path file, int from, int count, int own) throws IOException {
        String common = IntStream.range(0, 100).mapToObj(i -> "common" + i).collect(Collectors.joining(" "));
        Files.write(
                file,
                IntStream.range(from, from + count)
                        .mapToObj(id -> IntStream.range(0, own)
                                .mapToObj(i -> " own" + i + "-" + id)
                                .collect(Collectors.joining("", "{\"text\":\"" + common, "\"}")))
                        .toList());
    }

    /** Makes a dataset of both crawls, one of the first and one of the second against it, and gives the union's rows. */
    private static SortedMap<String, String> checkedUnion(IncrementalRuns runs, String... sets) {
        runs.prepare("union", "[]", List.of("a", "b"), sets);
        runs.prepare("first", "[]", List.of("a"), sets);
        runs.prepare("second", runs.list("first"), List.of("b"), sets);
        SortedMap<String, String> union = runs.evidence("union");
        assertThat(runs.evidence("first")).isEqualTo(IncrementalRuns.only(union, "a"));
        assertThat(runs.evidence("second")).isEqualTo(IncrementalRuns.only(union, "b"));
        assertThat(runs.documents("second")).isEqualTo(IncrementalRuns.only(runs.documents("union"), "b"));
        return union;
    }

    private static Stream<String> across(SortedMap<String, String> union, String kind) {
        return union.entrySet().stream()
                .filter(row -> row.getKey().startsWith("b ") && row.getValue().startsWith("a "))
                .map(row -> row.getValue())
                .filter(row -> row.endsWith(kind));
    }

    @Test
    void findsTextsThatAreTheSameNormalizedAndMembersOfALargeBucket() throws IOException {
        IncrementalRuns runs = crawls(40);
        Files.writeString(runs.raw("a").resolve("same.jsonl"), "{\"text\":\"One, two THREE four five six!\"}\n");
        Files.writeString(runs.raw("b").resolve("same.jsonl"), "{\"text\":\"one two\\tthree -- four five six\"}\n");
        template(runs.raw("a").resolve("template.jsonl"), 0, 300, 4);
        template(runs.raw("b").resolve("template.jsonl"), 300, 40, 4);
        SortedMap<String, String> union = checkedUnion(runs, "deduplication.exact=normalized");
        String same = "b file://" + runs.raw("b").resolve("same.jsonl") + " 0";
        assertThat(union).containsEntry(same, "a file://" + runs.raw("a").resolve("same.jsonl") + " 0 1.0 exact");
        String template = "a file://" + runs.raw("a").resolve("template.jsonl") + " ";
        List<String> kept =
                across(union, " near").filter(row -> row.startsWith(template)).toList();
        assertThat(kept).hasSize(40);
        assertThat(new HashSet<>(kept)).hasSize(1);
    }

    @Test
    void findsIdenticalTextsAloneWithoutNearDuplicates() throws IOException {
        SortedMap<String, String> union = checkedUnion(crawls(40), "deduplication.near.enabled=false");
        assertThat(across(union, " 1.0 exact")).isNotEmpty();
        assertThat(union.values()).allMatch(row -> row.endsWith(" 1.0 exact"));
    }

    @Test
    @Tag("long")
    void comparesMembersOfALargeBucketThatStayWithThoseOfTheEarlierDataset() throws IOException {
        IncrementalRuns runs = crawls(40);
        template(runs.raw("a").resolve("template.jsonl"), 0, 500, 14); // of 0.774, a third of them in each bucket
        template(runs.raw("b").resolve("template.jsonl"), 500, 400, 14);
        SortedMap<String, String> union = checkedUnion(runs);
        assertThat(union.keySet()).noneMatch(row -> row.contains("template"));
        assertThat(folder.resolve("second/report.html"))
                .content()
                .containsPattern("<td>pairs not compared, in large buckets</td><td>[1-9]");
    }

    @Test
    @Tag("long")
    void givesTheSameOnAnObjectStore(S3Server s3) throws IOException {
        IncrementalRuns runs = crawls(20);
        runs.prepare("first", "[]", List.of("a"));
        runs.prepare("second", runs.list("first"), List.of("b"));
        s3.createBucket("crawls");
        List<String> sets = new ArrayList<>();
        s3.settings().forEach((name, value) -> sets.add("spark.hadoop." + name + "=\"" + value + "\""));
        Manifest first = onStore(s3, runs, "first", "[]", "a", sets);
        Manifest second = onStore(s3, runs, "second", "[\"s3://crawls/first\"]", "b", sets);
        Map.of("first", first, "second", second).forEach((name, made) -> {
            Manifest local = runs.dataset(name).manifest();
            assertThat(made.fingerprint()).isEqualTo(local.fingerprint());
            assertThat(made.rootHash()).isEqualTo(local.rootHash());
        });
        assertThat(second.checksums())
                .containsAllEntriesOf(runs.dataset("second").manifest().checksums().entrySet().stream()
                        .filter(file -> file.getKey().matches(".*/(removed|signatures|documents)\\.parquet"))
                        .collect(Collectors.toMap(file -> file.getKey(), file -> file.getValue())));
    }

    private static Manifest onStore(
            S3Server s3, IncrementalRuns runs, String name, String against, String crawl, List<String> settings) {
        URI output = URI.create("s3://crawls/" + name);
        List<String> sets = new ArrayList<>(settings);
        sets.add("output=" + output);
        LocalSpark.stop(); // a session that runs knows the endpoint of another test
        Invocation run = runs.run("prepare", name, against, List.of(crawl), sets.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        Storage storage = Storages.open(output, s3.settings());
        URI manifest = Storages.resolve(output, Manifest.NAME);
        return ManifestParser.parse(storage.readAll(manifest), manifest.toString());
    }
}
