package corpusmill.jobs;

import corpusmill.jobs.config.PrepareConfig;
import java.net.URI;
import java.util.Map;

/** What the commands ask for that takes Spark, or the results of a run. */
interface Jobs {

    /**
     * Runs the flow, reusing what is already done.
     *
     * @throws corpusmill.formats.CorpusException for what is not a defect
     */
    RunSummary prepare(PrepareConfig config, RunOptions options);

    /** Looks at the input and at what is already done; writes nothing. */
    PlanSummary plan(PrepareConfig config);

    /**
     * Writes the report of a dataset anew.
     *
     * @param settings of its store, by Hadoop's names
     * @return where the report is
     */
    URI report(URI dataset, Map<String, String> settings);
}
