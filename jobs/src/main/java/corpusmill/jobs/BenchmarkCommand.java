package corpusmill.jobs;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Figures of this machine; each part that is measured has a command of its own below this one. */
@Command(
        name = "benchmark",
        description = "Measure a part on this machine.",
        footer = {"", "Example: corpusmill benchmark tokenizer --tokenizer tokenizer.json --text corpus.jsonl --json"},
        subcommands = {BenchmarkTokenizerCommand.class, BenchmarkDeduplicationCommand.class, BenchmarkFormatsCommand.class})
final class BenchmarkCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    /** What the commands below talk to. */
    Console console() {
        return Objects.requireNonNull(root).console();
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(console().out());
        return 2;
    }
}
