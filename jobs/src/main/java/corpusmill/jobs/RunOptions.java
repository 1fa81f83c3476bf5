package corpusmill.jobs;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a run behaves.
 *
 * @param untilStage last stage to run: {@code ingest}, {@code deduplicate} or {@code tokenize}; all when empty
 * @param quiet whether nobody watches, so that work for progress can be saved
 * @param progress takes one line a stage; does nothing when quiet
 * @param command what the report says to repeat the run
 */
record RunOptions(Optional<String> untilStage, boolean quiet, Consumer<String> progress, String command) {}
