package corpusmill.jobs;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Writes the shards and publishes the dataset. */
@Command(
        name = "write",
        description =
                "Write the shards and publish the dataset; runs the stages before where their results are missing.",
        footer = {"", "Example: corpusmill write --config job.yaml"})
final class WriteCommand extends StagesCommand {

    WriteCommand() {
        super(Optional.empty());
    }
}
