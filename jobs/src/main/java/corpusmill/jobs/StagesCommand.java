package corpusmill.jobs;

import corpusmill.jobs.config.JobFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A command that runs the flow up to some stage. */
abstract class StagesCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    private final Optional<String> untilStage;

    /**
     * Makes the command.
     *
     * @param untilStage last stage to run; all when empty
     */
    StagesCommand(Optional<String> untilStage) {
        this.untilStage = untilStage;
    }

    @Override
    public Integer call() {
        Console console = java.util.Objects.requireNonNull(root).console();
        JobFile file = job.read();
        if (job.printConfig()) {
            console.out().print(file.print());
            return 0;
        }
        ProgressLines progress = new ProgressLines(console.err(), console.terminal());
        RunSummary summary;
        try {
            summary = console.jobs().get().prepare(file.config(), new RunOptions(untilStage, progress, job.command()));
        } finally {
            progress.end();
        }
        if (json) {
            console.out().println(Json.line(SummaryText.json(summary)));
        } else {
            console.out()
                    .print(SummaryText.table(
                            summary, untilStage.isEmpty() || untilStage.get().equals("write")));
        }
        return 0;
    }
}
