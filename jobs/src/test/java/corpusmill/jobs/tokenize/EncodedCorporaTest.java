package corpusmill.jobs.tokenize;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import corpusmill.jobs.config.FieldsConfig;
import corpusmill.jobs.config.IngestConfig;
import corpusmill.jobs.config.InputConfig;
import corpusmill.jobs.config.InputFormat;
import corpusmill.jobs.ingest.IngestStage;
import corpusmill.jobs.ingest.InputListing;
import corpusmill.jobs.testing.LocalSpark;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenEncoder;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ids of real documents beside those that other tools made of them, and which engine made ours. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class EncodedCorporaTest {

    private static final String NONE_DIFFERS = "no document differs from the reference engine";

    @TempDir
    private static Path unpacked = Path.of("");

    private static Path shared = Path.of("");
    private static final List<byte[]> CORPORA = new ArrayList<>();
    private static final Map<String, String> LABELLED = new HashMap<>();

    @BeforeAll
    static void read(SparkSession spark) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("corpusmill.home", "."))
                .toAbsolutePath()
                .normalize();
        shared = Stream.of("../shared/data", "../../shared/data")
                .map(folder -> home.resolve(folder).normalize())
                .filter(folder -> folder.toFile().isDirectory())
                .findFirst()
                .orElse(home.resolve("../shared/data"));
        assumeThat(shared).as("the shared test data lies beside the project").isDirectory();
        String archive = shared.resolve("tokenizers.tar.zst").toString();
        Process tar = new ProcessBuilder("tar", "--zstd", "-xf", archive, "-C", unpacked.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
    }

    /**
     * Per document the number of ids and the first 16 digits of the SHA-256 over them, made with Python tokenizers 0.23.2
     * (special tokens found in the text), or with tiktoken's encode_ordinary.
     */
    @ParameterizedTest
    @CsvSource({
        "gpt2, gpt2.hf, CONTROL, FAST",
        "cl100k_base, cl100k_base.tt, ORDINARY, FAST",
        "o200k_base, o200k_base.tt, ORDINARY, FAST",
        "qwen3, qwen3.hf, CONTROL, FAST",
        "gpt_oss, gpt_oss.hf, CONTROL, FAST",
        "mistral_nemo, mistral_nemo.hf, CONTROL, FAST",
        "olmo_dolma2, olmo_dolma2.hf, CONTROL, FAST",
        "gpt_neox_20b, gpt_neox_20b.hf, CONTROL, FAST",
        "phi3, phi3.hf, CONTROL, FAST",
        "t5_small, t5_small.hf, CONTROL, REFERENCE",
        "bert_base_uncased, bert_base_uncased.hf, CONTROL, REFERENCE",
    })
    void everyLabelledDocumentHasItsIds(
            String name, String column, SpecialTokens policy, Tokenizer.Engine engine, SparkSession spark) {
        if (LABELLED.isEmpty()) {
            InputConfig input = input("corpora/labelled/docs.jsonl.zst", InputFormat.JSONL);
            documents(spark, List.of(input)).forEach(row -> LABELLED.put(row.getString(0), row.getString(1)));
        }
        assertThat(LABELLED).hasSize(6_000);
        List<String> differences = new ArrayList<>();
        try (Tokenizer tokenizer = Tokenizers.open(definition(name), EngineChoice.AUTO, policy)) {
            TokenEncoder encoder = tokenizer.encoder();
            HashedIds ids = new HashedIds();
            for (Row row : spark.read()
                    .parquet(shared.resolve("encodings/labelled-docs-counts.parquet")
                            .toString())
                    .select(col("id"), col("`" + column + ".n`"), col("`" + column + ".h`"))
                    .collectAsList()) {
                String text = Objects.requireNonNull(LABELLED.get(row.getString(0)), row.getString(0));
                String ours = ids.add(encoder, text.getBytes(StandardCharsets.UTF_8));
                String theirs = row.getInt(1) + " " + row.getString(2);
                if (!ours.equals(theirs)) {
                    differences.add(row.getString(0) + ": " + ours + " instead of " + theirs);
                }
            }
            System.out.println(name + " against " + column + ": " + ids + ", " + tokenizer.engine()
                    + tokenizer.whyNotFast().map(why -> ", " + why).orElse(""));
            assertThat(tokenizer.engine()).isEqualTo(engine);
        }
        assertThat(differences).as(name).isEmpty();
    }

    /**
     * All documents: their number, the ids of all, and the sum of the first eight bytes of each document's hash, made with
     * Python tokenizers 0.23.2 (special tokens as ordinary text). Where the sum differs, the documents that do are looked
     * for with our reference engine. The same on every Java.
     */
    @ParameterizedTest
    @CsvSource({
        "falcon, 53594113, b3109df85f897845",
        "gpt2, 62761944, 9299ce5f1716a881",
        "cl100k_base, 43966641, 1ac854405746127d",
        "qwen3, 39611591, da7d4c53bc60a5bd",
        "o200k_base, 37606635, da35c95a78515384",
        "mistral_nemo, 39361453, 63b7844315128f71",
        "gpt_neox_20b, 48377086, 0453b7bd5183ce2e",
        "phi3, 49292916, e3740ff1d31184ca",
        "olmo_dolma2, 43966641, 1ac854405746127d",
        "gpt_oss, 37606635, da35c95a78515384",
        "qwen1, 39617594, 0265d4d216f975da",
        "p50k_base, 58647689, 086d942bd97c080b",
        "r50k_base, 62761944, 9299ce5f1716a881",
        "olmo_dolma_v1_5, 48377086, 0453b7bd5183ce2e",
        "phi2, 58656544, 0914cb01254331d6",
        "roberta_base, 62761944, 4cc86de6aa790736",
        "whisper_large_v3, 51748030, f6edc6200390abc4",
        "whisper_multilingual, 51748030, f6edc6200390abc4",
    })
    void allDocumentsOfTheCorporaHaveTheirIds(String name, long tokens, String sum, SparkSession spark) {
        if (CORPORA.isEmpty()) {
            List<InputConfig> inputs = Stream.of("jsonl", "jsonl-zst", "parquet", "txt")
                    .map(folder -> input("corpora/" + folder, InputFormat.AUTO))
                    .toList();
            documents(spark, inputs).forEach(row -> CORPORA.add(row.getString(1).getBytes(StandardCharsets.UTF_8)));
        }
        TokenizerDefinition definition = definition(name);
        try (Tokenizer tokenizer = Tokenizers.open(definition, EngineChoice.FAST, SpecialTokens.ORDINARY)) {
            TokenEncoder encoder = tokenizer.encoder();
            HashedIds ids = new HashedIds();
            CORPORA.forEach(text -> ids.add(encoder, text));
            System.out.println(name + ": " + ids + ", Java " + Runtime.version().feature());
            if (!ids.toString().equals("68466 documents, " + tokens + " ids, sum " + sum)) {
                assertThat(differing(definition, encoder))
                        .as(name + " gives " + ids)
                        .isEqualTo(NONE_DIFFERS + ", but the sum should be " + sum);
            }
        }
    }

    private static String differing(TokenizerDefinition definition, TokenEncoder encoder) {
        try (Tokenizer other = Tokenizers.open(definition, EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            TokenEncoder reference = other.encoder();
            for (byte[] text : CORPORA) {
                String ours = new HashedIds().add(encoder, text);
                String theirs = new HashedIds().add(reference, text);
                if (!ours.equals(theirs)) {
                    String start = new String(text, StandardCharsets.UTF_8);
                    return ours + " instead of " + theirs + ": " + start.substring(0, Math.min(start.length(), 300));
                }
            }
        }
        return NONE_DIFFERS;
    }

    private static TokenizerDefinition definition(String name) {
        return TokenizerDefinition.read(
                unpacked.resolve("tokenizers").resolve(name).resolve("tokenizer.json"));
    }

    private static InputConfig input(String path, InputFormat format) {
        return new InputConfig(shared.resolve(path).toString(), "corpora", format, FieldsConfig.DEFAULT);
    }

    /** Key and text. */
    private static List<Row> documents(SparkSession spark, List<InputConfig> inputs) {
        InputListing listing = InputListing.of(inputs, Map.of());
        return IngestStage.of(IngestConfig.DEFAULT, Map.of())
                .read(spark, listing.files())
                .filter(col("outcome").equalTo("document"))
                .select("key", "text")
                .collectAsList();
    }
}
