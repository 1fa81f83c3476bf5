package corpusmill.jobs;

import corpusmill.formats.dataset.Dataset;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Looks into a dataset. */
@Command(
        name = "inspect",
        description = "Look into a dataset: what it holds, a row, a document, or what became of an input file.",
        footer = {
            "",
            "Examples: corpusmill inspect out/sample",
            "          corpusmill inspect out/sample --row 0 --tokenizer jobs/sample/tokenizer/tokenizer.json",
            "          corpusmill inspect out/sample --document 1099511628109"
        })
final class InspectCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Parameters(paramLabel = "DATASET", description = "Root of the dataset, a path or a URI.")
    private String dataset = "";

    @ArgGroup
    private @Nullable Subject subject;

    @Option(names = "--split", paramLabel = "NAME", description = "Split that --row counts in (${DEFAULT-VALUE}).")
    private String split = "train";

    @Option(names = "--tokenizer", paramLabel = "FILE", description = "Definition to turn ids back into text with.")
    private @Nullable String tokenizer;

    /** What to look at. */
    static final class Subject {
        @Option(names = "--document", paramLabel = "ID", description = "A document by its id.")
        private @Nullable Long document;

        @Option(names = "--row", paramLabel = "N", description = "A row by its place in the split.")
        private @Nullable Long row;

        @Option(names = "--source", paramLabel = "URI", description = "An input file by its URI or the end of it.")
        private @Nullable String source;
    }

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Console console = Objects.requireNonNull(root).console();
        Dataset opened = store.dataset(dataset);
        try (TokenText text = TokenText.open(tokenizer, opened.manifest().tokenizer())) {
            Inspection inspection = new Inspection(opened, text);
            console.out().print(view(inspection));
        }
        if (tokenizer == null && subject != null && subject.source == null && console.terminal()) {
            console.err()
                    .println("ids of " + opened.manifest().tokenizer().name() + "; --tokenizer FILE shows the text");
        }
        return 0;
    }

    private String view(Inspection inspection) {
        if (subject != null && subject.document != null) {
            return inspection.document(subject.document);
        }
        if (subject != null && subject.row != null) {
            return inspection.row(split, subject.row);
        }
        if (subject != null && subject.source != null) {
            return inspection.source(subject.source);
        }
        return inspection.overview();
    }
}
