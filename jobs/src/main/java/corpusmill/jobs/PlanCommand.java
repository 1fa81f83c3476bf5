package corpusmill.jobs;

import corpusmill.jobs.config.JobFile;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says what a run would do. */
@Command(
        name = "plan",
        description = "Say what would run: files, bytes, requests, stages to redo. Writes nothing.",
        footer = {"", "Example: corpusmill plan --config job.yaml --json"})
final class PlanCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Objects.requireNonNull(root).console();
        JobFile file = job.read();
        if (job.printConfig()) {
            console.out().print(file.print());
            return 0;
        }
        PlanSummary plan = console.jobs().get().plan(file.config());
        if (json) {
            console.out().println(Json.line(PlanText.json(plan)));
        } else {
            console.out().print(PlanText.table(plan));
        }
        return 0;
    }
}
