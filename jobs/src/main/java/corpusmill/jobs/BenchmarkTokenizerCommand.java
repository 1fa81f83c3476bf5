package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.tokenizer.EngineChoice;
import corpusmill.tokenizer.SpecialTokens;
import corpusmill.tokenizer.Tokenizer;
import corpusmill.tokenizer.TokenizerDefinition;
import corpusmill.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures a tokenizer on texts, each file apart. */
@Command(
        name = "tokenizer",
        description = {
            "Measure a tokenizer: MB (10^6 bytes of UTF-8) per CPU second of one thread, each file apart.",
            "The first pass starts with empty caches and compiled code; warm is the best later pass over the same text."
        },
        footer = {"", "Example: corpusmill benchmark tokenizer --tokenizer gpt2/tokenizer.json --text en.jsonl code.txt"
        })
final class BenchmarkTokenizerCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable BenchmarkCommand parent;

    @Option(names = "--tokenizer", required = true, paramLabel = "FILE", description = "The definition.")
    private Path tokenizer = Path.of("");

    @Mixin
    private TextOptions texts = new TextOptions();

    @Option(
            names = "--engine",
            defaultValue = "auto",
            description = "auto, fast or reference; ${DEFAULT-VALUE} when left out.")
    private EngineChoice engine = EngineChoice.AUTO;

    @Option(
            names = "--passes",
            defaultValue = "3",
            description = "Passes after the first; ${DEFAULT-VALUE} when left out.")
    private int passes = 3;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Measure the scaling to so many threads too; ${DEFAULT-VALUE} when left out.")
    private int threads = 1;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        atLeastOne("--passes", passes);
        atLeastOne("--threads", threads);
        atLeastOne("--max-megabytes", texts.megabytes());
        TokenizerDefinition definition = TokenizerDefinition.read(tokenizer);
        List<TokenizerFigures> figures = new ArrayList<>();
        Tokenizer.Engine ran;
        Supplier<Tokenizer> anew = () -> Tokenizers.open(definition, engine, SpecialTokens.ORDINARY);
        try (Tokenizer opened = anew.get()) {
            ran = opened.engine();
            for (Path text : texts.files()) {
                List<byte[]> documents = texts.read(text);
                figures.add(new TokenizerBenchmark(opened, anew, documents, passes)
                        .measure(BenchmarkTexts.name(text), threads));
            }
        }
        Console console = Objects.requireNonNull(parent).console();
        console.out().print(json ? Json.line(object(definition, ran, figures)) + "\n" : table(ran, figures));
        return 0;
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ConfigException(option + " must be at least 1 but is " + value);
        }
    }

    private static Map<String, Object> object(
            TokenizerDefinition definition, Tokenizer.Engine ran, List<TokenizerFigures> figures) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tokenizer", definition.name());
        object.put("fingerprint", definition.fingerprint());
        object.put("engine", ran.name().toLowerCase(Locale.ROOT));
        object.put("java", Runtime.version().toString());
        object.put("files", figures.stream().map(TokenizerFigures::object).toList());
        return object;
    }

    private static String table(Tokenizer.Engine ran, List<TokenizerFigures> figures) {
        TextTable table = new TextTable(
                "file", "documents", "bytes", "tokens", "first MB/s", "warm MB/s", "scaling", "state KiB", "ids");
        for (TokenizerFigures each : figures) {
            table.row(
                    each.file(),
                    TextTable.count(each.documents()),
                    TextTable.count(each.bytes()),
                    TextTable.count(each.tokens()),
                    TextTable.seconds(each.first()),
                    TextTable.seconds(each.warm()),
                    String.format(Locale.ROOT, "%.2f", each.scaling()),
                    TextTable.count(each.stateBytes() >> 10),
                    each.idsSha256().substring(0, 12));
        }
        return "engine " + ran.name().toLowerCase(Locale.ROOT) + ", Java " + Runtime.version() + "\n" + table;
    }
}
