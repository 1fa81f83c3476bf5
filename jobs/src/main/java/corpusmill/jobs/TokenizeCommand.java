package corpusmill.jobs;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Runs the flow until rows are packed. */
@Command(
        name = "tokenize",
        description =
                "Turn the kept documents into rows of tokens; runs the stages before where their results are missing.",
        footer = {"", "Example: corpusmill tokenize --config job.yaml"})
final class TokenizeCommand extends StagesCommand {

    TokenizeCommand() {
        super(Optional.of("tokenize"));
    }
}
