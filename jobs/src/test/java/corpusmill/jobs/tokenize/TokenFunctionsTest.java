package corpusmill.jobs.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import corpusmill.jobs.testing.LocalSpark;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.TokenBuffer;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TokenFunctionsTest {

    private static final Path DEFINITION =
            Path.of(System.getProperty("corpusmill.home", ".")).resolve("jobs/sample/tokenizer/tokenizer.json");
    private static final AtomicInteger CATALOGS = new AtomicInteger();

    @BeforeAll
    static void configure(SparkSession spark) {
        spark.conf().set("spark.sql.catalog.words", TokenFunctions.class.getName());
        spark.conf().set("spark.sql.catalog.words.tokenizer", DEFINITION.toString());
        spark.conf().set("spark.sql.catalog.words.engine", "fast");
    }

    /** Against the reference engine, which the functions do not run here. */
    @Test
    void encodesDecodesAndCountsAColumn(SparkSession spark) {
        List<String> texts = List.of("The text of a document.", "", "two\n\n lines, naïve 日本語", "<|endoftext|>");
        spark.createDataset(texts, Encoders.STRING()).repartition(2).createOrReplaceTempView("texts");
        List<Row> rows = spark.sql("SELECT value, words.encode(value) ids, words.count(value) number,"
                        + " words.decode(words.encode(value)) back FROM texts")
                .collectAsList();
        assertThat(rows).hasSameSizeAs(texts);
        try (Tokenizer reference =
                Tokenizers.open(TokenizerDefinition.read(DEFINITION), EngineChoice.REFERENCE, SpecialTokens.ORDINARY)) {
            for (Row row : rows) {
                byte[] utf8 = row.getString(0).getBytes(StandardCharsets.UTF_8);
                TokenBuffer ids = new TokenBuffer();
                reference.encoder().encode(utf8, 0, utf8.length, ids);
                List<Integer> wanted = new ArrayList<>();
                for (int id : ids.toArray()) {
                    wanted.add(id);
                }
                assertThat(row.<Integer>getList(1)).isEqualTo(wanted);
                assertThat(row.getInt(2)).isEqualTo(wanted.size());
                assertThat(row.getString(3)).isEqualTo(row.getString(0));
            }
        }
    }

    @Test
    void givesNullForNullAndListsItsFunctions(SparkSession spark) {
        Row row = spark.sql("SELECT words.encode(CAST(NULL AS STRING)), words.count(NULL), words.COUNT('a')")
                .head();
        assertThat(row.isNullAt(0)).isTrue();
        assertThat(row.isNullAt(1)).isTrue();
        assertThat(row.getInt(2)).isEqualTo(1);
        assertThat(spark.sql("SHOW USER FUNCTIONS IN words").collectAsList().toString())
                .contains("encode", "decode", "count");
        assertThatThrownBy(() -> spark.sql("SELECT words.split('a')").collect()).hasMessageContaining("split");
        assertThatThrownBy(() -> spark.sql("SELECT words.count(1)").collect())
                .hasMessageContaining("count takes one string but was given");
    }

    @Test
    void saysWhichSettingIsWrong(SparkSession spark) {
        assertThatThrownBy(() -> count(spark, "engine", "fast"))
                .hasMessageContaining(".tokenizer is missing; name a tokenizer.json");
        assertThatThrownBy(() -> count(spark, "tokeniser", "a"))
                .hasMessageContaining(".tokeniser is not known; the keys are engine, special-tokens, tokenizer");
        assertThatThrownBy(() -> count(spark, "engine", "quick"))
                .hasMessageContaining(".engine is 'quick'; it must be one of auto, fast, reference");
    }

    private static void count(SparkSession spark, String key, String value) {
        String name = "wrong" + CATALOGS.incrementAndGet();
        spark.conf().set("spark.sql.catalog." + name, TokenFunctions.class.getName());
        spark.conf().set("spark.sql.catalog." + name + "." + key, value);
        if (key.equals("engine") && !value.equals("fast")) {
            spark.conf().set("spark.sql.catalog." + name + ".tokenizer", DEFINITION.toString());
        }
        spark.sql("SELECT " + name + ".count('a')").collect();
    }
}
