package corpusmill.jobs.prepare;

import corpusmill.jobs.flow.StageAccount;

/** Is told how a run goes on. Called from several threads, one call at a time. */
@FunctionalInterface
public interface RunProgress {

    /** A stage ended. */
    void ended(StageAccount account);

    /**
     * Tasks of Spark ended.
     *
     * @param step what the run does, such as {@code near: pairs}
     * @param done tasks that ended
     * @param all tasks known so far; more may follow
     */
    default void tasks(String step, long done, long all) {}
}
