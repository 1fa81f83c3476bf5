package corpusmill.jobs;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Runs the whole flow. */
@Command(
        name = "prepare",
        description = "Run everything, resuming what is already done.",
        footer = {"", "Example: corpusmill prepare --config job.yaml --set packing.sequence-length=2048"})
final class PrepareCommand extends StagesCommand {

    PrepareCommand() {
        super(Optional.empty());
    }
}
