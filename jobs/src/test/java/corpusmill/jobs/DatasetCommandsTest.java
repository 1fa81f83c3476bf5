package corpusmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import corpusmill.formats.manifest.TokenizerEntry;
import corpusmill.tokenizer.TokenizerDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCommandsTest {

    private static final Path TOKENIZER = Repository.root().resolve("jobs/sample/tokenizer/tokenizer.json");

    private static final TokenizerEntry GPT2 = tokenizer();

    private final Jobs none = new FakeJobs(new AssertionError("these commands need no jobs"));

    private Path directory;

    private Path dataset;

    private static TokenizerEntry tokenizer() {
        TokenizerDefinition definition = TokenizerDefinition.read(TOKENIZER);
        return new TokenizerEntry(
                "gpt2",
                definition.fingerprint(),
                "reference",
                null,
                definition.vocabularySize(),
                "ordinary",
                List.of(9));
    }

    @BeforeEach
    void publish(@TempDir Path folder) {
        directory = folder;
        dataset = directory.resolve("v1");
        TinyDataset.publish(dataset.toUri(), GPT2, 1);
    }

    @Test
    void findsAWholeDatasetWhole() {
        for (String depth : List.of("--quick", "--json", "--verbose")) {
            Invocation run = Invocation.of(none, "verify", dataset.toString(), depth);
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).as(run.out()).isZero();
        }
        assertThat(Invocation.of(none, "verify", dataset.toString()).out())
                .matches("whole: file:\\S+/v1, \\d+ files, [\\d,]+ bytes read\n");
    }

    @Test
    void listsDamageByFileAndEndsWithFour() throws IOException {
        Path shard = dataset.resolve("data/" + TinyDataset.FINGERPRINT + "/train/tokens-000000.arrow");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[4096] ^= 1;
        Files.write(shard, bytes);
        Invocation run = Invocation.of(none, "verify", dataset.toString());
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .contains("train/tokens-000000.arrow: WRONG_CHECKSUM: ")
                .contains("damaged: file:");
        assertThat(run.err())
                .matches("corpusmill: file:\\S+/v1: the dataset is damaged, \\d+ findings?; restore these files from a"
                        + " copy, or prepare it again with another output\n");
        JsonNode object = new ObjectMapper()
                .readTree(Invocation.of(none, "verify", dataset.toString(), "--json")
                        .out());
        assertThat(object.get("ok").asBoolean(true)).isFalse();
        assertThat(object.at("/findings/0/path").asText()).endsWith("tokens-000000.arrow");
    }

    @Test
    void exportsToWhatOtherLoadersRead() throws IOException {
        for (String format : List.of("mds", "datatrove", "OLMO")) {
            Path out = directory.resolve(format);
            Invocation run = Invocation.of(none, "export", dataset.toString(), "--to", format, out.toString());
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .startsWith("exported 2 rows to file://" + out + ": ")
                    .endsWith(" bytes\n");
        }
        byte[] rows = {1, 0, 2, 0, 3, 0, 9, 0, 4, 0, 9, 0, 0, 0, 0, 0};
        assertThat(Files.readAllBytes(directory.resolve("OLMO/train/part-0-00000.npy")))
                .isEqualTo(rows);
        Invocation again = Invocation.of(
                none,
                "export",
                dataset.toString(),
                "--to",
                "mds",
                directory.resolve("mds").toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("there are files already; give an empty directory");
    }

    @Test
    void saysThatThereIsNoDataset() {
        Path nowhere = directory.resolve("nowhere");
        assertThat(Invocation.of(none, "verify", nowhere.toString()).code()).isEqualTo(4);
        Invocation run = Invocation.of(none, "inspect", nowhere.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("corpusmill: ").contains("nowhere").hasLineCount(1);
    }

    @Test
    void showsWhatADatasetHolds() {
        assertThat(Invocation.of(none, "inspect", dataset.toString()).out())
                .contains("fingerprint  0123456789ab")
                .contains("train          2     2       6        2       1")
                .contains("web             2       6")
                .contains("ingest   3    2  {TOO_SHORT=1}");
    }

    @Test
    void tracesARowToItsDocuments() {
        assertThat(Invocation.of(none, "inspect", dataset.toString(), "--row", "1")
                        .out())
                .isEqualTo("""
                        row 1 of train, 2 tokens, source web

                        document 9 from file:///in/a.jsonl at 9
                          train row 1, tokens 0 to 2
                        4 9
                        """);
    }

    @Test
    void tracesADocumentToItsTokensAndText() {
        Invocation run = Invocation.of(
                none, "inspect", dataset.toString(), "--document", "7", "--tokenizer", TOKENIZER.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        document 7 from file:///in/a.jsonl at 7
                          stands for a cluster of 2 documents
                          train row 0, tokens 0 to 4
                        "#$*
                        """);
        assertThat(Invocation.of(none, "inspect", dataset.toString(), "--document", "8")
                        .out())
                .isEqualTo("""
                        document 8 from file:///in/a.jsonl at 8
                          removed as near duplicate, similarity 0.875, in favour of
                          document 7 from file:///in/a.jsonl at 7
                          a cluster of 2 documents
                        """);
        assertThat(Invocation.of(none, "inspect", dataset.toString(), "--document", "10")
                        .out())
                .isEqualTo("""
                        document 10 from file:///in/a.jsonl at 10
                        not in the dataset, and not removed as a duplicate; look for it in meta/rejected.parquet
                        """);
    }

    @Test
    void showsWhatBecameOfAFile() {
        assertThat(Invocation.of(none, "inspect", dataset.toString(), "--source", "a.jsonl")
                        .out())
                .contains("file:///in/a.jsonl")
                .contains("{\"TOO_SHORT\":1}");
    }

    @Test
    void explainsWhatCannotBeInspected() throws IOException {
        assertThat(error("--row", "2")).isEqualTo("--row must be in [0, 2) in the split train but was 2");
        assertThat(error("--row", "0", "--split", "test")).isEqualTo("--split must be one of train but was 'test'");
        assertThat(error("--set", "spark.x=y"))
                .isEqualTo("--set spark.x=y changes a job file, but --config names none; give it");
        assertThat(error("--document", "-1")).isEqualTo("--document must be at least 0 but was -1");
        assertThat(error("--source", "b.jsonl"))
                .isEqualTo(
                        "--source b.jsonl: no input file of the dataset ends so; all are in meta/files.parquet, the first"
                                + " is file:///in/a.jsonl");
        Path other = Files.writeString(
                directory.resolve("other.json"),
                Files.readString(TOKENIZER).replaceFirst("\"\\$\": ?\\d+", "\"\\$\":3,\"unheard\":50257"));
        assertThat(error("--tokenizer", other.toString()))
                .startsWith("--tokenizer " + other + ": its fingerprint is ")
                .contains(", but the dataset was made with gpt2, ");
    }

    @Test
    void putsTwoDatasetsSideBySide() {
        Path second = directory.resolve("v2");
        TinyDataset.publish(second.toUri(), GPT2, 2);
        Invocation run = Invocation.of(none, "compare", dataset.toString(), second.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("              first  second\npacking.seed      1       2\n")
                .endsWith("values are equal; the sequences are the same\n");
        assertThat(Invocation.of(none, "compare", dataset.toString(), second.toString(), "--all")
                        .out())
                .contains("train tokens", "source web documents", "ingest dropped TOO_SHORT");
    }

    private String error(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "inspect";
        all[1] = dataset.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        Invocation run = Invocation.of(none, all);
        assertThat(run.code()).isEqualTo(2);
        return run.err().strip().replaceFirst("^corpusmill: ", "");
    }
}
