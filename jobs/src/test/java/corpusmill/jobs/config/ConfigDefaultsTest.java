package corpusmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDefaultsTest {

    private static final String SHORTEST =
            "input: [ { path: s3://bucket/raw/web/ } ]\noutput: s3://bucket/datasets/v1/\n";

    private static final String EVERY_KEY = """
            input:
              - path: s3://bucket/raw/*.jsonl.gz
                source: web
                format: jsonl
                fields: { text: body, id: key }
              - path: books
                format: parquet
            output: s3://bucket/datasets/web-v1
            work: s3://bucket/work/web
            ingest: { max-document: 1MiB, max-rejected-share: 0.25, min-document-characters: 20, quarantine: false }
            deduplication:
              exact: normalized
              near: { enabled: false, shingle: "characters:7", threshold: 0.7, recall: 0.9, seed: 11 }
              keep: [ first, longest ]
              against: []
            tokenizer: { path: a.json, engine: reference, special-tokens: control, append: none }
            packing: { sequence-length: 2048, mode: concatenate, seed: 12 }
            shards: { target-size: 4MiB, archive: parquet, validation-share: 0.02 }
            spark: { master: "local[2]", spark.sql.shuffle.partitions: 8, spark.ui.enabled: false }
            """;

    private static JobFile parse(String yaml, String... sets) {
        return ConfigParser.parse(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8), "job.yaml", List.of(sets));
    }

    @Test
    void pinsEveryDefault() {
        assertThat(parse(SHORTEST).config())
                .isEqualTo(new PrepareConfig(
                        List.of(new InputConfig(
                                "s3://bucket/raw/web/", "web", InputFormat.AUTO, new FieldsConfig("text", "id"))),
                        URI.create("s3://bucket/datasets/v1"),
                        URI.create("s3://bucket/datasets/v1.work"),
                        new IngestConfig(new DataSize(64L << 20), 0.001, 1, true),
                        new DeduplicationConfig(
                                DeduplicationConfig.Exact.TRUE,
                                new NearConfig(
                                        true, new NearConfig.Shingle(NearConfig.Shingle.Unit.AUTO, 5), 0.8, 0.95, 1),
                                List.of(
                                        DeduplicationConfig.KeepRule.SOURCE_ORDER,
                                        DeduplicationConfig.KeepRule.LONGEST,
                                        DeduplicationConfig.KeepRule.FIRST)),
                        new TokenizerConfig("tokenizer.json", EngineChoice.AUTO, SpecialTokens.ORDINARY, "eos"),
                        new PackingConfig(4096, PackingConfig.Mode.BEST_FIT, 1),
                        new ShardsConfig(new DataSize(256L << 20), ShardsConfig.Archive.NONE, 0.0),
                        Map.of()));
    }

    @Test
    void mapsEveryKey() {
        assertThat(parse(EVERY_KEY).config())
                .isEqualTo(new PrepareConfig(
                        List.of(
                                new InputConfig(
                                        "s3://bucket/raw/*.jsonl.gz",
                                        "web",
                                        InputFormat.JSONL,
                                        new FieldsConfig("body", "key")),
                                new InputConfig("books", "books", InputFormat.PARQUET, FieldsConfig.DEFAULT)),
                        URI.create("s3://bucket/datasets/web-v1"),
                        URI.create("s3://bucket/work/web"),
                        new IngestConfig(new DataSize(1 << 20), 0.25, 20, false),
                        new DeduplicationConfig(
                                DeduplicationConfig.Exact.NORMALIZED,
                                new NearConfig(
                                        false,
                                        new NearConfig.Shingle(NearConfig.Shingle.Unit.CHARACTERS, 7),
                                        0.7,
                                        0.9,
                                        11),
                                List.of(DeduplicationConfig.KeepRule.FIRST, DeduplicationConfig.KeepRule.LONGEST)),
                        new TokenizerConfig("a.json", EngineChoice.REFERENCE, SpecialTokens.CONTROL, "none"),
                        new PackingConfig(2048, PackingConfig.Mode.CONCATENATE, 12),
                        new ShardsConfig(new DataSize(4 << 20), ShardsConfig.Archive.PARQUET, 0.02),
                        Map.of(
                                "spark.master", "local[2]",
                                "spark.sql.shuffle.partitions", "8",
                                "spark.ui.enabled", "false")));
    }

    @Test
    void usesEveryKeyOfTheTableInTheTestAbove() {
        JobFile job = parse(EVERY_KEY);
        assertThat(job.settings().stream().filter(setting -> !setting.path().contains("1")))
                .allSatisfy(setting -> assertThat(setting.origin().place()).startsWith("job.yaml:"))
                .hasSize(ConfigKeys.OF_INPUT.size() + ConfigKeys.OF_JOB.size() + 3);
    }

    @Test
    void takesRelativePlacesFromTheWorkingDirectory() {
        PrepareConfig config =
                parse("input: [ { path: raw/a.jsonl } ]\noutput: out/sample/\n").config();
        URI expected = URI.create("file://" + Path.of("").toAbsolutePath() + "/out/sample");
        assertThat(config.output()).isEqualTo(expected);
        assertThat(config.work()).isEqualTo(URI.create(expected + ".work"));
        assertThat(config.input().get(0).path()).isEqualTo("raw/a.jsonl");
    }

    @Test
    void namesASourceAfterTheDirectory() {
        assertThat(Locations.directoryName("s3://bucket/raw/web/*.jsonl.gz")).isEqualTo("web");
        assertThat(Locations.directoryName("s3://bucket/raw/web/**/part-*.zst")).isEqualTo("web");
        assertThat(Locations.directoryName("s3://bucket/raw/web")).isEqualTo("web");
        assertThat(Locations.directoryName("s3://bucket/raw/web/a.jsonl.zst")).isEqualTo("web");
        assertThat(Locations.directoryName("s3://bucket/*.txt")).isEqualTo("bucket");
        assertThat(Locations.directoryName("file:/data/books/")).isEqualTo("books");
        assertThat(Locations.directoryName("books.txt")).isEqualTo("corpus");
        assertThat(Locations.directoryName("*.txt")).isEqualTo("corpus");
    }

    @Test
    void letsTheCommandLineWin() {
        PrepareConfig config = parse(
                        SHORTEST,
                        "packing.sequence-length=1024",
                        "input.0.source=other",
                        "input.1.path=more/*.txt",
                        "deduplication.keep=[longest]",
                        "spark.master=local[3]",
                        "spark.spark.executor.memory=4g",
                        "tokenizer.path=b.json")
                .config();
        assertThat(config.packing().sequenceLength()).isEqualTo(1024);
        assertThat(config.input()).extracting(InputConfig::source).containsExactly("other", "more");
        assertThat(config.deduplication().keep()).containsExactly(DeduplicationConfig.KeepRule.LONGEST);
        assertThat(config.spark())
                .containsOnly(Map.entry("spark.master", "local[3]"), Map.entry("spark.executor.memory", "4g"));
        assertThat(config.tokenizer().path()).isEqualTo("b.json");
    }

    @Test
    void printsEveryValueWithItsOrigin() {
        String printed =
                parse(SHORTEST, "packing.seed=7", "spark.master=local[2]").print();
        assertThat(printed.lines().map(line -> line.replaceAll(" +#", " #")))
                .contains(
                        "input:",
                        "  - path: \"s3://bucket/raw/web/\" # job.yaml:1:18",
                        "    source: web # default",
                        "    fields:",
                        "      text: text # default",
                        "output: \"s3://bucket/datasets/v1\" # job.yaml:2:9",
                        "deduplication:",
                        "  exact: true # default",
                        "  near:",
                        "    shingle: auto # default",
                        "  keep: [source-order, longest, first] # default",
                        "  seed: 7 # --set packing.seed",
                        "spark:",
                        "  spark.master: \"local[2]\" # --set spark.master");
    }

    @Test
    void readsBackWhatItPrints() {
        for (String yaml : List.of(SHORTEST, EVERY_KEY)) {
            JobFile job = parse(yaml);
            assertThat(parse(job.print()).config()).isEqualTo(job.config());
        }
    }

    @Test
    void fingerprintsWhatChangesBytesAndNothingElse() {
        PrepareConfig config = parse(SHORTEST).config();
        assertThat(config.fingerprinted().keySet())
                .containsExactly(
                        "deduplication.against",
                        "deduplication.exact",
                        "deduplication.keep",
                        "deduplication.near.enabled",
                        "deduplication.near.recall",
                        "deduplication.near.seed",
                        "deduplication.near.shingle",
                        "deduplication.near.threshold",
                        "ingest.max-document",
                        "ingest.min-document-characters",
                        "input.0.fields.id",
                        "input.0.fields.text",
                        "input.0.format",
                        "input.0.source",
                        "packing.mode",
                        "packing.seed",
                        "packing.sequence-length",
                        "shards.archive",
                        "shards.target-size",
                        "shards.validation-share",
                        "tokenizer.append",
                        "tokenizer.special-tokens");
        assertThat(parse(
                                SHORTEST,
                                "output=elsewhere",
                                "work=scratch",
                                "spark.master=local[1]",
                                "ingest.max-rejected-share=1",
                                "tokenizer.path=other.json",
                                "tokenizer.engine=reference",
                                "input.0.path=s3://mirror/web")
                        .config()
                        .fingerprinted())
                .isEqualTo(config.fingerprinted());
        assertThat(parse(SHORTEST, "packing.seed=2").config().fingerprinted()).isNotEqualTo(config.fingerprinted());
    }
}
