package corpusmill.jobs;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts two datasets side by side. */
@Command(
        name = "compare",
        description = "Put two datasets side by side: configuration, counts, sources.",
        footer = {"", "Example: corpusmill compare out/v1 out/v2 --all"})
final class CompareCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Parameters(index = "0", paramLabel = "DATASET", description = "Root of the first dataset.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "DATASET", description = "Root of the second dataset.")
    private String right = "";

    @Option(names = "--all", description = "List what is equal too.")
    private boolean all;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        Comparison comparison = new Comparison(
                store.dataset(left).manifest(), store.dataset(right).manifest());
        Objects.requireNonNull(root).console().out().print(comparison.table(all));
        return 0;
    }
}
