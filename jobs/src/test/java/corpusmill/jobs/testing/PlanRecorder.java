package corpusmill.jobs.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;

/** Remembers the plans of all that a session runs, by the description of the job they ran for. Safe for threads. */
public final class PlanRecorder extends SparkListener {

    private final Map<Long, String> descriptions = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, List<QueryExecution>> plans = Collections.synchronizedMap(new LinkedHashMap<>());

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof SparkListenerSQLExecutionStart start) {
            descriptions.put(start.executionId(), start.description());
        }
        if (event instanceof SparkListenerSQLExecutionEnd end && end.qe() != null) {
            String description = descriptions.getOrDefault(end.executionId(), "");
            plans.computeIfAbsent(description, step -> new CopyOnWriteArrayList<>())
                    .add(end.qe());
        }
    }

    /** Plans by description, in the order in which they ended first. */
    public Map<String, List<QueryExecution>> plans() {
        return plans;
    }
}
