package corpusmill.formats.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.formats.DamagedDatasetException;
import corpusmill.formats.SampleDataset;
import corpusmill.formats.shard.TokenType;
import corpusmill.formats.storage.Storages;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestParserTest {

    private final Path directory;

    ManifestParserTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Manifest manifest;

    @BeforeEach
    void make() {
        manifest = SampleDataset.write(Storages.uri(directory.toString()), TokenType.UINT16)
                .manifest();
    }

    private static Manifest parse(String json) {
        return ManifestParser.parse(json.getBytes(UTF_8), "here");
    }

    @Test
    void givesBackWhatItWrote() {
        assertThat(parse(ManifestParser.toJson(manifest))).isEqualTo(manifest);
    }

    @Test
    void writesTheKeysInTheOrderOfTheSpecification() {
        String json = ManifestParser.toJson(manifest);
        int at = 0;
        for (String key : List.of(
                "format",
                "fingerprint",
                "root_hash",
                "commit_id",
                "created_by",
                "token_dtype",
                "sequence_length",
                "pad_id",
                "tokenizer",
                "packing",
                "shuffle",
                "splits",
                "sources",
                "ledger",
                "inputs",
                "meta",
                "checksums",
                "configuration")) {
            int next = json.indexOf("\n  \"" + key + "\": ");
            assertThat(next).as(key).isGreaterThanOrEqualTo(at);
            at = next;
        }
        assertThat(json).startsWith("{\n  \"format\": \"corpusmill/1\",\n  \"fingerprint\": \"0123456789ab\",\n");
        assertThat(json).contains("\"packing\": {\n    \"mode\": \"best-fit\",\n    \"seed\": 1\n  },");
        assertThat(json)
                .contains("\"sources\": [{\"id\": 0, \"name\": \"web\", \"documents\": 30, \"tokens\": 200}, {");
        assertThat(json).endsWith("""
                  "configuration": {
                    "threshold": 0.8,
                    "keep": ["source-order", "longest"],
                    "near": {
                      "enabled": true
                    }
                  }
                }
                """);
    }

    @Test
    void keepsTheValuesOfTheConfiguration() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("z", Long.MIN_VALUE);
        values.put("a", 1e-9);
        values.put("none", null);
        values.put("list", List.of(List.of(), Map.of(), false));
        assertThat(Rules.copy(values)).containsExactlyEntriesOf(values);
        Manifest with = with(manifest.tokenizer(), values);
        assertThat(parse(ManifestParser.toJson(with))).isEqualTo(with);
        assertThatThrownBy(() -> ManifestParser.toJson(with(manifest.tokenizer(), Map.of("k", 'c'))))
                .hasMessageContaining("but was given a java.lang.Character");
    }

    @Test
    void givesBackWhyTheFastEngineDidNotRunAndNothingWhereItDid() {
        String json = ManifestParser.toJson(manifest);
        assertThat(json).doesNotContain("why_not_fast");
        TokenizerEntry own = manifest.tokenizer();
        Manifest with = with(
                new TokenizerEntry(
                        own.name(),
                        own.fingerprint(),
                        "reference",
                        "it does not cover $.normalizer",
                        own.vocabularySize(),
                        own.specialTokens(),
                        own.append()),
                Map.of());
        assertThat(ManifestParser.toJson(with)).contains("\"why_not_fast\"");
        assertThat(parse(ManifestParser.toJson(with))).isEqualTo(with);
        assertThatThrownBy(() -> parse(ManifestParser.toJson(with).replace("\"it does not cover $.normalizer\"", "7")))
                .hasMessageContaining("tokenizer.why_not_fast must be a string but was 7");
    }

    private Manifest with(TokenizerEntry tokenizer, Map<String, Object> configuration) {
        return new Manifest(
                manifest.format(),
                manifest.fingerprint(),
                manifest.rootHash(),
                "",
                "x",
                manifest.tokenType(),
                manifest.sequenceLength(),
                manifest.padId(),
                tokenizer,
                manifest.packing(),
                manifest.shuffle(),
                manifest.splits(),
                manifest.sources(),
                manifest.ledger(),
                manifest.inputs(),
                manifest.meta(),
                manifest.checksums(),
                configuration);
    }

    @Test
    void ignoresKeysItDoesNotKnow() {
        String json = ManifestParser.toJson(manifest);
        assertThat(parse(json.replaceFirst("\\{", "{\"later\": [1, {}],"))).isEqualTo(manifest);
        assertThat(parse(json.replace("corpusmill/1", "corpusmill/1.7")).format())
                .isEqualTo("corpusmill/1.7");
    }

    @Test
    void refusesAnotherMajorFormat() {
        String json = ManifestParser.toJson(manifest).replace("corpusmill/1", "corpusmill/2");
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessage("cannot read the manifest here: it is of the format corpusmill/2 and this program reads"
                        + " corpusmill/1; use a Corpusmill of that format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | its format is '' and not corpusmill/1",
                "[] | it is not a JSON object",
                "x | it is not JSON: Unrecognized token 'x'",
                "{\"format\": \"corpusmill/1\"} | fingerprint must be a string but is not there",
                "{\"format\": 1} | its format is '1' and not corpusmill/1",
                "{\"a\": 1, \"a\": 2} | it is not JSON: Duplicate field 'a'",
                "{\"format\": \"corpusmill/1\"} {} | it is not JSON: Trailing token",
            })
    void saysWhyATextIsNoManifest(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageStartingWith("cannot read the manifest here: ")
                .hasMessageContaining(message)
                .hasMessageEndingWith("; fetch the dataset again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"pad_id\": 0 | \"pad_id\": 65536 | pad_id must be in [0, 65535] but was 65536",
                "\"pad_id\": 0 | \"pad_id\": 0.5 | pad_id must be a whole number but was 0.5",
                "\"pad_id\": 0 | \"pad_id\": 9999999999 | pad_id must be a 32-bit number but was 9999999999",
                "\"uint16\" | \"int8\" | token_dtype must be uint16 or int32 but was 'int8'",
                "\"sequence_length\": 16 | \"sequence_length\": 17 | splits.train.row_bytes must be in [34, 34] but was 32",
                "\"rows\": 19 | \"rows\": 20 | rows must be (shards - 1) * rows_per_shard + last_shard_rows = 19 but was 20",
                "\"last_shard_rows\": 3 | \"last_shard_rows\": 9 | last_shard_rows must be in [1, 8] but was 9",
                "\"token_offset\": 4096 | \"token_offset\": 64 | token_offset must be in [4096, 4096] but was 64",
                "tokens-%06d | tokens-%s | path_template must be a file in a folder whose name has one integer such as %06d",
                "tokens-%06d.arrow | tokens-%06d/arrow | and ends with .arrow but was 'data/0123456789ab/train/tokens-%06d/arrow'",
                "\"data/0123456789ab/train/tokens | \"tokens | path_template must be a file in a folder",
                "\"data/0123456789ab/train/tokens | \"../tokens | path_template must be a path below the dataset's root",
                "\"data/0123456789ab/meta/files | \"/files | must be a path below the dataset's root but was '/files.parquet'",
                "feistel-1 | feistel-2 | shuffle.algorithm must be feistel-1 but was 'feistel-2'",
                "\"in\": 90 | \"in\": 91 | a ledger must add up, in = out + dropped, but 91 is not 80 + 10",
                "\"train\": | \"Tr ain\": | a split's name must be of a-z, 0-9, - and _ but was 'Tr ain'",
                "\"root_hash\": \" | \"root_hash\": \"X | root_hash must be 64 lower-case hexadecimal digits but was 'X",
                "\"name\": \"web\" | \"name\": 7 | sources.name must be a string but was 7",
                "\"INVALID_JSON\": 10 | \"INVALID_JSON\": \"10\" | ledger.ingest.dropped.INVALID_JSON must be a whole number",
                "\"inputs\": { | \"inputs\": [], \"x\": { | inputs must be an object but was []",
                "\"append\": [499] | \"append\": 499 | tokenizer.append must be a list but was 499",
            })
    void saysWhichValueCannotBe(String from, String to, String message) {
        String json = ManifestParser.toJson(manifest);
        assertThat(json).contains(from);
        assertThatThrownBy(() -> parse(json.replace(from, to)))
                .isInstanceOf(DamagedDatasetException.class)
                .hasMessageContaining(message);
    }

    @Test
    void keepsMapsInTheirOrderAndUnchangeable() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        dropped.put("z", 1L);
        dropped.put("a", 2L);
        LedgerEntry entry = new LedgerEntry(3, 0, dropped);
        dropped.clear();
        assertThat(entry.dropped().keySet()).containsExactly("z", "a");
        assertThatThrownBy(() -> entry.dropped().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(new LedgerEntry(0, 0, Collections.emptyMap()).dropped()).isEmpty();
    }
}
