package corpusmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigErrorsTest {

    private static final String GOOD = "input: [ { path: raw } ]\noutput: out/v1\n";

    private static String error(String yaml, String... sets) {
        try {
            ConfigParser.parse(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml", List.of(sets));
        } catch (ConfigException e) {
            assertThat(e.exitCode()).isEqualTo(2);
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("accepted: " + yaml + Arrays.toString(sets));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            packing: { sequence-lenght: 8 }         | job.yaml:3:29: packing.sequence-lenght is not a key of a job file; did you mean packing.sequence-length?
            threshold: 0.9                          | job.yaml:3:12: threshold is not a key of a job file; did you mean deduplication.near.threshold?
            shards: { qwertyuiopas: 1 }             | job.yaml:3:25: shards.qwertyuiopas is not a key of a job file; known here are archive, target-size, validation-share
            packing: { sequence-length: long }      | job.yaml:3:29: packing.sequence-length must be a whole number from 2 to 1048576 but was 'long'; the default is 4096
            packing: { sequence-length: 1 }         | job.yaml:3:29: packing.sequence-length must be a whole number from 2 to 1048576 but was 1; the default is 4096
            packing: { sequence-length: 2.5 }       | job.yaml:3:29: packing.sequence-length must be a whole number from 2 to 1048576 but was 2.5; the default is 4096
            packing: { sequence-length: }           | job.yaml:3:28: packing.sequence-length must be a whole number from 2 to 1048576 but was nothing; the default is 4096
            packing: { seed: 99999999999999999999 } | job.yaml:3:18: packing.seed must be a whole number of at least 0 but was 99999999999999999999; the default is 1
            packing: { mode: best }                 | job.yaml:3:18: packing.mode must be best-fit, concatenate or document but was 'best'; the default is best-fit
            packing: 4096                           | job.yaml:3:10: packing must be a group of keys but was 4096; known are mode, seed, sequence-length
            shards: { archive: zip }                | job.yaml:3:20: shards.archive must be none or parquet but was 'zip'; the default is none
            shards: { target-size: 12 apples }      | job.yaml:3:24: shards.target-size must be a size from 1KiB to 16GiB but was '12 apples'; the default is 256MiB
            shards: { target-size: 999999999999TiB } | job.yaml:3:24: shards.target-size must be a size from 1KiB to 16GiB but was '999999999999TiB'; the default is 256MiB
            shards: { target-size: 5B }             | job.yaml:3:24: shards.target-size must be a size from 1KiB to 16GiB but was '5B'; the default is 256MiB
            shards: { validation-share: 1.0 }       | job.yaml:3:29: shards.validation-share must be a number in [0, 1) but was 1.0; the default is 0.0
            ingest: { max-rejected-share: -0.1 }    | job.yaml:3:31: ingest.max-rejected-share must be a number in [0, 1] but was -0.1; the default is 0.001
            ingest: { max-rejected-share: .nan }    | job.yaml:3:31: ingest.max-rejected-share must be a number in [0, 1] but was .nan; the default is 0.001
            deduplication: { exact: yes }           | job.yaml:3:25: deduplication.exact must be true, false or normalized but was 'yes'; the default is true
            deduplication: { near: { enabled: 1 } } | job.yaml:3:35: deduplication.near.enabled must be true or false but was 1; the default is true
            deduplication: { near: { threshold: 0 } } | job.yaml:3:37: deduplication.near.threshold must be a number in (0, 1] but was 0; the default is 0.8
            deduplication: { near: { recall: 1 } }  | job.yaml:3:34: deduplication.near.recall must be a number in (0, 1) but was 1; the default is 0.95
            deduplication: { near: { shingle: "words:0" } } | job.yaml:3:35: deduplication.near.shingle must be auto, words:N or characters:N with N from 1 to 100 but was 'words:0'; the default is auto
            deduplication: { keep: [ best ] }       | job.yaml:3:24: deduplication.keep must be a list of different rules, each source-order, longest or first but was a list; the default is [source-order, longest, first]
            deduplication: { keep: [ first, first ] } | job.yaml:3:24: deduplication.keep must be a list of different rules, each source-order, longest or first but was a list; the default is [source-order, longest, first]
            deduplication: { against: [ old ] }     | job.yaml:3:27: deduplication.against asks for deduplication against earlier datasets, which this version does not support yet; use an empty list
            tokenizer: { engine: slow }             | job.yaml:3:22: tokenizer.engine must be auto, fast or reference but was 'slow'; the default is auto
            tokenizer: { path: [ a ] }              | job.yaml:3:20: tokenizer.path must be a text but was a list; the default is tokenizer.json
            work: "ftp://host/work"                 | job.yaml:3:7: work has the scheme 'ftp', which is not one of file, s3, s3a, gs, abfs, abfss, oci, hdfs; copy the data to one of these first
            work: "s3:///work"                      | job.yaml:3:7: work must name a bucket, as in s3://bucket/path, but was 's3:///work'
            spark: 4                                | job.yaml:3:8: spark must be a group of keys but was 4; write for example spark: { master: "local[*]" }
            spark: { master: [ a ] }                | job.yaml:3:18: spark setting spark.master must be a single value but was a list; quote it or leave it out
            """)
    void saysWhatWhereGotLimitAndRemedy(String line, String message) {
        assertThat(error(GOOD + line)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            output: out                                    | job.yaml: input is missing; say what to read, such as input: [ { path: "s3://bucket/raw/*.jsonl.gz" } ]
            { input: [], output: out }                     | job.yaml:1:10: input must be a list of at least one entry but was an empty list; write it such as input: [ { path: "s3://bucket/raw/*.jsonl.gz" } ]
            { input: raw, output: out }                    | job.yaml:1:10: input must be a list of at least one entry but was 'raw'; write it such as input: [ { path: "s3://bucket/raw/*.jsonl.gz" } ]
            { input: [ raw ], output: out }                | job.yaml:1:12: input.0 must be a group of keys but was 'raw'; write path: before it
            { input: [ { source: a } ], output: out }      | job.yaml:1:12: input.0.path is missing; name a file, a directory or a glob
            { input: [ { path: "http://a/b" } ], output: out } | job.yaml:1:20: input.0.path has the scheme 'http', which is not one of file, s3, s3a, gs, abfs, abfss, oci, hdfs; copy the data to one of these first
            { input: [ { path: a, format: arc } ], output: out } | job.yaml:1:31: input.0.format must be auto, jsonl, parquet, arrow, text, warc or wet but was 'arc'; the default is auto
            { input: [ { path: a, field: b } ], output: out } | job.yaml:1:30: input.0.field is not a key of a job file; did you mean input.0.fields?
            { input: [ { path: a } ] }                     | job.yaml: output is missing; say where the dataset goes, such as output: s3://bucket/datasets/web-v1
            [ a ]                                          | job.yaml:1:1: a job file must be a group of keys but was a list; it starts like: input:
            `# nothing`                                    | job.yaml: the job file is empty; it needs at least input and output
            { a: 1, a: 2 }                                 | job.yaml:1:9: the key 'a' stands here a second time; keep one of them
            { ? [ a ] : b }                                | job.yaml:1:5: a key must be a plain word; quote values that hold braces
            !!java.net.URL [ a ]                           | job.yaml:1:1: a job file must be a group of keys but was a list; it starts like: input:
            { output: !secret a }                          | job.yaml:1:11: the tag !secret is not allowed in a job file; write the value without it
            """)
    void refusesAFileThatIsNoJob(String yaml, String message) {
        assertThat(error(yaml)).isEqualTo(message);
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        assertThat(error("input: [\noutput: out")).startsWith("job.yaml:2:").contains("is not valid YAML: ");
        assertThat(error("a: 1\n---\nb: 2\n")).startsWith("job.yaml").contains("is not valid YAML: ");
    }

    @Test
    void isBoundedInAliasesNestingAndSize() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [*a%d,*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(error(bomb.toString())).contains("is not valid YAML").contains("aliases");
        assertThat(error("a: &a [ *a ]")).contains("nests deeper than 20 levels");
        assertThat(error("a: " + "[".repeat(60) + "]".repeat(60))).contains("job.yaml");
        assertThat(error("#".repeat(ConfigParser.MAX_BYTES + 1)))
                .isEqualTo("job.yaml: a job file must have at most 1048576 bytes;"
                        + " use globs instead of listing files one by one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            packing                   | --set takes key=value, such as --set packing.sequence-length=2048, but was 'packing'
            =3                        | --set takes key=value, such as --set packing.sequence-length=2048, but was '=3'
            packing.seed=x            | --set packing.seed: packing.seed must be a whole number of at least 0 but was 'x'; the default is 1
            packing.sed=1             | --set packing.sed: packing.sed is not a key of a job file; did you mean packing.seed?
            input.2.path=a            | --set input.2.path: the index of a list must be a number from 0 to 1 here but was '2'
            input.path=a              | --set input.path: the index of a list must be a number from 0 to 1 here but was 'path'
            output.path=a             | --set output.path: there is no key 'path' below 'out/v1'; run corpusmill schema for all keys
            packing.seed=             | --set packing.seed: packing.seed must be a whole number of at least 0 but was nothing; the default is 1
            """)
    void explainsABadOverride(String set, String message) {
        assertThat(error(GOOD, set)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark: { fs.s3a.secret.key: abc }",
                "spark: { spark.hadoop.fs.s3a.access.key: abc }",
                "spark: { spark.hadoop.fs.s3a.session.token: abc }",
                "spark: { spark.hadoop.fs.azure.account.key.me.dfs.core.windows.net: abc }",
                "spark: { spark.ssl.keyPassword: abc }",
                "spark: { spark.x: AKIAABCDEFGHIJKLMNOP }",
                "work: 's3://me:abc@bucket/x'",
                "tokenizer: { path: 'https://host/abc?X-Amz-Signature=12' }"
            })
    void refusesCredentialsWithoutRepeatingThem(String line) {
        assertThat(error(GOOD + line))
                .matches(
                        "job\\.yaml:3:\\d+: \\S+ holds what looks like a credential; take it out and use the platform's own,"
                                + " such as a role or AWS_ environment variables")
                .doesNotContain("abc@", "AKIA", "'abc'", "Signature");
    }

    @Test
    void acceptsSettingsThatOnlySoundLikeCredentials() {
        String spark = "spark: { spark.hadoop.fs.s3a.aws.credentials.provider: org.example.Provider,"
                + " spark.kubernetes.authenticate.oauthTokenFile: /var/run/t,"
                + " spark.hadoop.fs.s3a.endpoint: 'http://127.0.0.1:9000' }";
        assertThat(ConfigParser.parse((GOOD + spark).getBytes(StandardCharsets.UTF_8), "job.yaml", List.of())
                        .config()
                        .spark())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.hadoop.fs.s3a.endpoint: 'http://store.example:9000'",
                "spark.hadoop.fs.s3a.endpoint: 'HTTP://10.0.0.1'",
                "spark.hadoop.fs.s3a.endpoint: 'http://127.0.0.1.example'",
                "spark.hadoop.fs.s3a.endpoint: 'http://localhost@store.example'",
                "spark.hadoop.fs.s3a.endpoint: store.example, spark.hadoop.fs.s3a.connection.ssl.enabled: false"
            })
    void refusesPlainHttpToOtherMachines(String setting) {
        assertThat(error(GOOD + "spark: { " + setting + " }"))
                .contains("spark setting spark.hadoop.fs.s3a.endpoint sends data to ")
                .endsWith("without encryption, which is allowed to this machine only; use https");
    }

    @Test
    void refusesPlacesThatLieInEachOther() {
        assertThat(error("input: [ { path: a } ]\noutput: 's3://b/x'\nwork: 's3a://b/x/work'\n"))
                .isEqualTo("job.yaml:3:7: work s3a://b/x/work and output s3://b/x must not lie in each other;"
                        + " leave work out to put it beside");
        assertThat(error("input: [ { path: 's3://b/data' } ]\noutput: 's3://b/data/v1'\n"))
                .startsWith(
                        "job.yaml:2:9: output s3://b/data/v1 and work s3://b/data/v1.work must not lie in the directory"
                                + " input.0 reads, s3://b/data;");
        assertThat(error("input: [ { path: 'x/**/*.txt' } ]\noutput: x/v1\n"))
                .contains("must not lie in the directory");
    }

    @Test
    void namesAFileThatIsNotThereOrCannotBeRead(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("no.yaml");
        assertThatThrownBy(() -> ConfigParser.parse(missing, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing
                        + ": there is no such job file; give its path relative to the working directory with --config");
        assertThatThrownBy(() -> ConfigParser.parse(directory, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(directory + ": the job file cannot be read: ");
        Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> ConfigParser.parse(binary, List.of()))
                .hasMessage(binary + ": the job file is not valid UTF-8; save it as UTF-8");
    }
}
