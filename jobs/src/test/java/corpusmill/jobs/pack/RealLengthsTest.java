package corpusmill.jobs.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import corpusmill.formats.shard.ShardLayout;
import corpusmill.formats.shard.TokenType;
import corpusmill.jobs.config.PackingConfig.Mode;
import corpusmill.jobs.pack.SequencePacker.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 6,000 real documents with the number of tokens that other programs count, in rows of 4,096, with an end of text. */
class RealLengthsTest {

    private static final int LENGTH = 4096;

    /** So many times these documents make a shard of 90 to 250 MB, in which what is there once a shard is small. */
    private static final int CORPORA = 16;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gpt2.hf, UINT16, 0.005",
        "phi3.hf, UINT16, 0.005",
        "mistral_v3.spm, UINT16, 0.005",
        "cl100k_base.tt, INT32, 0.005",
        "o200k_base.tt, INT32, 0.005",
        "qwen3.hf, INT32, 0.005",
        "mistral_nemo.hf, INT32, 0.005",
        "olmo_dolma2.hf, INT32, 0.005",
        // Of two bytes an id, and of documents below 640 tokens on average, the boundaries are a larger share.
        "gpt_neox_20b.hf, UINT16, 0.0055",
        "t5_small.hf, UINT16, 0.0055",
        "bert_base_uncased.hf, UINT16, 0.0055",
    })
    void wastesLittleAndCutsNoDocumentThatFits(String tokenizer, TokenType type, double overhead) throws IOException {
        int[] tokens = lengths(tokenizer);
        SequencePacker.Rows rows = new SequencePacker(LENGTH, Mode.BEST_FIT).pack(tokens);
        long padding = 0;
        int emptiest = 0;
        long ends = 0;
        for (int row = 0; row < rows.size(); row++) {
            int room = LENGTH;
            for (Piece piece : rows.row(row)) {
                room -= piece.tokens();
                ends++;
                if (tokens[piece.document()] <= LENGTH) {
                    assertThat(piece.tokens()).isEqualTo(tokens[piece.document()]);
                }
            }
            ends += room > 0 ? 1 : 0;
            padding += room;
            emptiest = Math.max(emptiest, room);
        }
        long all = (long) rows.size() * LENGTH;
        assertThat(all - padding)
                .as("every token is placed")
                .isEqualTo(IntStream.of(tokens).asLongStream().sum());
        // One row must stay part empty whatever the packer does, unless the tokens are a multiple of the length.
        assertThat((double) (padding - emptiest) / all).as("padding").isLessThanOrEqualTo(0.001);
        ShardLayout shard = new ShardLayout(LENGTH, type, (long) CORPORA * rows.size(), CORPORA * ends);
        assertThat((double) shard.bytes() / shard.tokenBytes() - 1)
                .as("bytes beside the ids")
                .isBetween(0.0, overhead);
    }

    private static int[] lengths(String tokenizer) throws IOException {
        IntStream.Builder lengths = IntStream.builder();
        try (ParquetReader<Group> reader = new Counts(new LocalInputFile(counts())).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                lengths.add(row.getInteger(tokenizer + ".n", 0) + 1);
            }
        }
        int[] found = lengths.build().toArray();
        assertThat(found).hasSize(6000);
        return found;
    }

    private static final class Counts extends ParquetReader.Builder<Group> {
        Counts(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    private static Path counts() {
        Path home = Path.of(System.getProperty("corpusmill.home", "."))
                .toAbsolutePath()
                .normalize();
        String name = "shared/data/encodings/labelled-docs-counts.parquet";
        Path beside = home.resolve("..").resolve(name).normalize();
        Path found = Files.isRegularFile(beside)
                ? beside
                : home.resolve("../..").resolve(name).normalize();
        assumeThat(found).as("the shared test data lies beside the project").isRegularFile();
        return found;
    }
}
