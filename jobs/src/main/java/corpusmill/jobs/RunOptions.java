package corpusmill.jobs;

import java.util.Optional;

/**
 * How a run behaves.
 *
 * @param untilStage last stage to run: {@code ingest}, {@code deduplicate} or {@code tokenize}; all when empty
 * @param progress is told how it goes on
 * @param command what the report says to repeat the run
 */
record RunOptions(Optional<String> untilStage, ProgressLines progress, String command) {}
