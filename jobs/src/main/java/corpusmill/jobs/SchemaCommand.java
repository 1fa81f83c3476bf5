package corpusmill.jobs;

import corpusmill.jobs.config.ConfigReference;
import corpusmill.jobs.config.ConfigSchema;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Prints the JSON Schema of the job file, or the page on its keys. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of the job file.",
        footer = {"", "Examples: corpusmill schema > job.schema.json", "          corpusmill schema --markdown"})
final class SchemaCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CorpusmillCommand root;

    @Option(names = "--markdown", description = "Print a page for people instead, key by key.")
    private boolean markdown;

    @Override
    public Integer call() {
        PrintStream out = Objects.requireNonNull(root).console().out();
        if (markdown) {
            out.print(ConfigReference.markdown());
        } else {
            out.println(Json.pretty(ConfigSchema.schema()));
        }
        return 0;
    }
}
