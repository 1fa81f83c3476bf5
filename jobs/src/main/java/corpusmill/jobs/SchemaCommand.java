package corpusmill.jobs;

import corpusmill.jobs.config.ConfigSchema;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Prints the JSON Schema of the job file. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of the job file.",
        footer = {"", "Example: corpusmill schema > job.schema.json"})
final class SchemaCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Override
    public Integer call() {
        Objects.requireNonNull(root).console().out().println(Json.pretty(ConfigSchema.schema()));
        return 0;
    }
}
