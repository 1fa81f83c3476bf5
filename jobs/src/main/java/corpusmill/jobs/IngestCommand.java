package corpusmill.jobs;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Reads the files into documents. */
@Command(
        name = "ingest",
        description = "Read the files into documents and the table of rejected records.",
        footer = {"", "Example: corpusmill ingest --config job.yaml"})
final class IngestCommand extends StagesCommand {

    IngestCommand() {
        super(Optional.of("ingest"));
    }
}
