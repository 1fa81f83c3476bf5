package corpusmill.jobs;

import corpusmill.formats.ConfigException;
import corpusmill.jobs.config.PrepareConfig;
import java.net.URI;

/** The jobs on Spark. */
final class SparkJobs implements Jobs {

    @Override
    public RunSummary prepare(PrepareConfig config, RunOptions options) {
        throw missing("prepare");
    }

    @Override
    public PlanSummary plan(PrepareConfig config) {
        throw missing("plan");
    }

    @Override
    public URI report(URI dataset) {
        throw missing("report");
    }

    private static ConfigException missing(String command) {
        return new ConfigException(command + ": is not part of this build; build the branch that has it");
    }
}
