package corpusmill.jobs;

import corpusmill.formats.storage.Storages;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes the report of a dataset anew. */
@Command(
        name = "report",
        description = "Write report.html of a dataset, or write it anew.",
        footer = {"", "Example: corpusmill report out/sample"})
final class ReportCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Parameters(paramLabel = "DATASET", description = "Root of the dataset, a path or a URI.")
    private String dataset = "";

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Console console = Objects.requireNonNull(root).console();
        console.out().println(console.jobs().get().report(Storages.uri(dataset), store.settings()));
        return 0;
    }
}
