package corpusmill.jobs;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Runs the flow until duplicates are removed. */
@Command(
        name = "deduplicate",
        description = "Remove identical texts and near-duplicates; runs ingest first where its result is missing.",
        footer = {"", "Example: corpusmill deduplicate --config job.yaml"})
final class DeduplicateCommand extends StagesCommand {

    DeduplicateCommand() {
        super(Optional.of("deduplicate"));
    }
}
